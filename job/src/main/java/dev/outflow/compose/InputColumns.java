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

/** Which column of an input it is that Flink cannot read. */
final class InputColumns {
  private static final String PROBE = "outflow_column_probe";
  private static final Pattern COMPUTED = Pattern.compile("(?is)\\s*AS\\b.*");

  private InputColumns() {}

  /**
   * The columns that cannot be read, or what Flink says of all of them together.
   *
   * @param failure why the table could not be created
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
        refusal(tables, column)
            .ifPresent(
                message ->
                    problems.add(
                        definition.problem(
                            path + "." + column.getKey(),
                            "'%s' is no type of a column%s"
                                .formatted(column.getValue(), message))));
      }
    }
    return problems.isEmpty() ? TableProblem.of(definition, "inputs." + name, failure) : problems;
  }

  private static Optional<String> refusal(
      StreamTableEnvironment tables, Map.Entry<String, String> column) {
    InputDefinition probe =
        new InputDefinition(
            "kafka", Map.of(column.getKey(), column.getValue()), Optional.empty(), Map.of());
    try {
      tables.executeSql(Ddl.createInput(PROBE, probe));
      tables.executeSql("DROP TEMPORARY TABLE " + PROBE);
      return Optional.empty();
    } catch (RuntimeException e) {
      String told = TableProblem.rootMessage(e);
      // Where the parser gave up is a place in the statement for the probe.
      return Optional.of(told.startsWith("Encountered") ? "" : ": " + told);
    }
  }
}
