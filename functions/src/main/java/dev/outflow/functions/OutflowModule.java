package dev.outflow.functions;

import static java.util.Map.entry;

import dev.outflow.functions.aggregate.CollectTop;
import dev.outflow.functions.aggregate.PercentileDisc;
import dev.outflow.functions.aggregate.TopOne;
import dev.outflow.functions.geography.CreateLineString;
import dev.outflow.functions.geography.CreatePoint;
import dev.outflow.functions.geography.CreatePolygon;
import dev.outflow.functions.geography.Distance;
import dev.outflow.functions.geography.Intersects;
import dev.outflow.functions.geography.Overlaps;
import dev.outflow.functions.geography.Within;
import dev.outflow.functions.scalar.BitAnd;
import dev.outflow.functions.scalar.BitNot;
import dev.outflow.functions.scalar.BitOr;
import dev.outflow.functions.scalar.BitXor;
import dev.outflow.functions.scalar.DateDiff;
import dev.outflow.functions.scalar.DateName;
import dev.outflow.functions.scalar.DatePart;
import dev.outflow.functions.scalar.DateTimeFromParts;
import dev.outflow.functions.scalar.FillNullRows;
import dev.outflow.functions.scalar.FormatDateTime;
import dev.outflow.functions.scalar.LeftStrip;
import dev.outflow.functions.scalar.Mid;
import dev.outflow.functions.scalar.ParseDateTime;
import dev.outflow.functions.scalar.PatIndex;
import dev.outflow.functions.scalar.RegexMatch;
import dev.outflow.functions.scalar.RightStrip;
import dev.outflow.functions.scalar.Strip;
import dev.outflow.functions.scalar.Stuff;
import dev.outflow.functions.scalar.TryParseDateTime;
import dev.outflow.functions.scalar.UnicodeCharacter;
import dev.outflow.functions.scalar.UnicodeOf;
import dev.outflow.functions.temporal.ChangePoint;
import dev.outflow.functions.temporal.EarlierRow;
import dev.outflow.functions.temporal.SessionRows;
import dev.outflow.functions.temporal.SlidingChanges;
import dev.outflow.functions.temporal.SlidingRows;
import dev.outflow.functions.temporal.SpikeAndDip;
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
 * Temporary system functions of the same names take precedence over them.
 */
public final class OutflowModule implements Module {
  /** The name of the module. */
  public static final String NAME = "outflow";

  private static final Map<String, FunctionDefinition> FUNCTIONS =
      new TreeMap<>(
          Map.ofEntries(
              entry("BITAND", new BitAnd()),
              entry("BITNOT", new BitNot()),
              entry("BITOR", new BitOr()),
              entry("BITXOR", new BitXor()),
              entry("CHANGE_POINT", new ChangePoint()),
              entry("COLLECTTOP", new CollectTop()),
              entry("CREATELINESTRING", new CreateLineString()),
              entry("CREATEPOINT", new CreatePoint()),
              entry("CREATEPOLYGON", new CreatePolygon()),
              entry("DATEDIFF", new DateDiff()),
              entry("DATENAME", new DateName()),
              entry("DATEPART", new DatePart()),
              entry("DATETIMEFROMPARTS", new DateTimeFromParts()),
              entry("EARLIER_ROW", new EarlierRow()),
              entry("FILL_NULL_ROWS", new FillNullRows()),
              entry("FORMAT_DATETIME", new FormatDateTime()),
              entry("LSTRIP", new LeftStrip()),
              entry("MID", new Mid()),
              entry("NCHR", new UnicodeCharacter()),
              entry("PARSE_DATETIME", new ParseDateTime()),
              entry("PATINDEX", new PatIndex()),
              entry("PERCENTILE_DISC", new PercentileDisc()),
              entry("REGEXMATCH", new RegexMatch()),
              entry("RSTRIP", new RightStrip()),
              entry("SESSION_ROWS", new SessionRows()),
              entry("SLIDING_CHANGES", new SlidingChanges()),
              entry("SLIDING_ROWS", new SlidingRows()),
              entry("SPIKE_AND_DIP", new SpikeAndDip()),
              entry("ST_DISTANCE", new Distance()),
              entry("ST_INTERSECTS", new Intersects()),
              entry("ST_OVERLAPS", new Overlaps()),
              entry("ST_WITHIN", new Within()),
              entry("STRIP", new Strip()),
              entry("STUFF", new Stuff()),
              entry("TOPONE", new TopOne()),
              entry("TRY_PARSE_DATETIME", new TryParseDateTime()),
              entry("UNICODE", new UnicodeOf())));

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
