package dev.outflow.testing;

import dev.outflow.option.Suggestion;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Row;

/** The rows that a transformation emitted, by output. */
public final class TestedOutputs {
  private final Map<String, List<Row>> rows;

  TestedOutputs(Map<String, List<Row>> rows) {
    this.rows = rows;
  }

  /**
   * Returns the rows of an output in the order of their arrival; a row's kind says whether it is
   * new or changes an earlier one. Fields are accessible by name, and rows equal {@link Row#of}.
   *
   * @throws IllegalArgumentException if the output is unknown
   */
  public List<Row> output(String alias) {
    if (!rows.containsKey(alias)) {
      throw new IllegalArgumentException(
          "unknown output '%s'%s".formatted(alias, Suggestion.among(rows.keySet(), alias)));
    }
    return rows.get(alias);
  }
}
