package dev.outflow.compose;

import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Records what could not be checked because of problems elsewhere, so that a report without further
 * problems is not mistaken for a complete one.
 */
final class UncheckedParts {
  private final Map<String, Set<String>> queriesByCause = new TreeMap<>();
  private final Set<String> outputs = new TreeSet<>();
  private String all = "";

  /**
   * Records a query that was not checked.
   *
   * @param cause the path of what it needs
   */
  void addQuery(String name, String cause) {
    queriesByCause.computeIfAbsent(cause, any -> new TreeSet<>()).add(name);
  }

  /** Records that no query, or the transformation, was checked. */
  void addAllQueries(String cause) {
    all = cause;
  }

  /** Records an output whose format and key were not checked against its columns. */
  void addOutput(String alias) {
    outputs.add(alias);
  }

  /** Returns a line for each cause. */
  List<Problem> in(JobDefinition definition) {
    List<Problem> lines = new ArrayList<>();
    if (!all.isEmpty()) {
      String path = definition.queries().isEmpty() ? "transformation" : "queries";
      lines.add(definition.problem(path, "not checked, because %s".formatted(all)));
    }
    queriesByCause.forEach(
        (cause, names) ->
            lines.add(
                definition.problem(
                    "queries",
                    "not checked: %s, because %s is invalid"
                        .formatted(String.join(", ", names), cause))));
    if (!outputs.isEmpty()) {
      lines.add(
          definition.problem(
              "outputs",
              "format and partition-key of %s not checked, because the columns of the result are unknown"
                  .formatted(String.join(", ", outputs))));
    }
    return lines;
  }
}
