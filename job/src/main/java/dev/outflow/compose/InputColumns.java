package dev.outflow.compose;

import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** Finds the columns of an input with an invalid type. */
final class InputColumns {
  private static final String PROBE = "outflow_column_probe";
  private static final Pattern COMPUTED = Pattern.compile("(?is)\\s*AS\\b.*");

  private InputColumns() {}

  /**
   * Returns a problem for each invalid column, or those of the table if all columns are valid.
   *
   * @param failure Flink's error when the table was created
   */
  static List<Problem> problems(
      JobDefinition definition,
      String name,
      StreamTableEnvironment tables,
      RuntimeException failure) {
    InputDefinition input = definition.inputs().get(name);
    String path = "inputs." + name + ".columns";
    List<Problem> problems = new ArrayList<>();
    for (Map.Entry<String, String> column : input.columns().entrySet()) {
      if (!COMPUTED.matcher(column.getValue()).matches()) {
        error(tables, column)
            .ifPresent(
                message ->
                    problems.add(
                        definition.problem(
                            path + "." + column.getKey(),
                            "'%s' is not a valid column type%s"
                                .formatted(column.getValue(), message))));
      }
    }
    return problems.isEmpty() ? TableProblem.of(definition, "inputs." + name, failure) : problems;
  }

  private static Optional<String> error(
      StreamTableEnvironment tables, Map.Entry<String, String> column) {
    InputDefinition probe =
        new InputDefinition(
            "kafka", Map.of(column.getKey(), column.getValue()), Optional.empty(), Map.of());
    try {
      tables.executeSql(Ddl.createInput(PROBE, probe));
      tables.executeSql("DROP TEMPORARY TABLE " + PROBE);
      return Optional.empty();
    } catch (RuntimeException e) {
      String message = TableProblem.rootMessage(e);
      // The position of a syntax error is one in the statement of the probe.
      return Optional.of(message.startsWith("Encountered") ? "" : ": " + message);
    }
  }
}
