package dev.outflow.asa.translation;

import dev.outflow.asa.query.Name;
import dev.outflow.asa.query.Script;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The outputs of a script: their aliases in ASA and their names in job.yaml. */
final class OutputNames {
  private static final String DEFAULT = "output";

  private final Map<String, KnownOutput> known = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, Integer> statements = new HashMap<>();

  /**
   * @param outputs of the job
   * @param names that are free
   */
  OutputNames(Script script, List<KnownOutput> outputs, Names names) {
    outputs.forEach(output -> known.put(output.alias().toLowerCase(Locale.ROOT), output));
    for (Script.Statement statement : script.statements()) {
      this.names.computeIfAbsent(key(statement), key -> names.take(alias(statement)));
      statements.merge(key(statement), 1, Integer::sum);
    }
  }

  /** Returns the alias of a statement's output, as the job spells it. */
  String alias(Script.Statement statement) {
    String written = statement.into().map(Name::text).orElse(DEFAULT);
    KnownOutput output = known.get(written.toLowerCase(Locale.ROOT));
    return output == null ? written : output.alias();
  }

  /** Returns what statements into the same output have in common. */
  String key(Script.Statement statement) {
    return alias(statement).toLowerCase(Locale.ROOT);
  }

  /** Returns whether the output of a statement is JSON, as it is if nothing is known of it. */
  boolean isJson(Script.Statement statement) {
    KnownOutput output = known.get(key(statement));
    return output == null || output.isJson();
  }

  /** Returns the name in job.yaml. */
  String name(String key) {
    return names.get(key);
  }

  /** Returns whether no other statement writes to the same output. */
  boolean isAlone(Script.Statement statement) {
    return statements.get(key(statement)) == 1;
  }
}
