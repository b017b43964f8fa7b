package dev.outflow.testing;

import dev.outflow.option.Suggestion;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Row;

/** What a transformation gave for each output. */
public final class TestedOutputs {
  private final Map<String, List<Row>> rows;

  TestedOutputs(Map<String, List<Row>> rows) {
    this.rows = rows;
  }

  /**
   * The rows of an output in the order in which they came; a row's kind says whether it is new or
   * changes one before. Their fields can be had by name, and they equal {@link Row#of}.
   *
   * @throws IllegalArgumentException if there is no such output
   */
  public List<Row> output(String alias) {
    if (!rows.containsKey(alias)) {
      throw new IllegalArgumentException(
          "there is no output '%s'%s".formatted(alias, Suggestion.among(rows.keySet(), alias)));
    }
    return rows.get(alias);
  }
}
