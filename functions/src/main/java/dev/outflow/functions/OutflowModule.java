package dev.outflow.functions;

import static java.util.Map.entry;

import dev.outflow.functions.temporal.EarlierRow;
import dev.outflow.functions.temporal.SlidingChanges;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.module.Module;

/**
 * The functions of Outflow as a Flink module. Jobs of Outflow load it; in the SQL client, {@code
 * LOAD MODULE outflow} does.
 *
 * <p>The names of its functions do not depend on case and differ from those of Flink's functions.
 * Functions that a user registers under the same names take precedence over them.
 */
public final class OutflowModule implements Module {
  /** The name of the module. */
  public static final String NAME = "outflow";

  private static final Map<String, FunctionDefinition> FUNCTIONS =
      new TreeMap<>(
          Map.ofEntries(
              entry("BITAND", new BitAnd()),
              entry("BITOR", new BitOr()),
              entry("BITXOR", new BitXor()),
              entry("BITNOT", new BitNot()),
              entry("EARLIER_ROW", new EarlierRow()),
              entry("SLIDING_CHANGES", new SlidingChanges())));

  /** Loads the module. */
  public static void load(TableEnvironment tables) {
    tables.loadModule(NAME, new OutflowModule());
  }

  @Override
  public Set<String> listFunctions() {
    return FUNCTIONS.keySet();
  }

  @Override
  public Optional<FunctionDefinition> getFunctionDefinition(String name) {
    return Optional.ofNullable(FUNCTIONS.get(name.toUpperCase(Locale.ROOT)));
  }
}
