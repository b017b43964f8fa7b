package dev.outflow.job;

import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Problem;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.flink.table.api.Table;

/** The columns of a query's result, which become the fields of an output's records. */
final class ResultColumns {
  /** What Flink calls a column that has no name. */
  private static final Pattern UNNAMED = Pattern.compile("EXPR\\$\\d+");

  private ResultColumns() {}

  /** Columns that nobody has named. */
  static List<Problem> problems(JobDefinition definition, String alias, Table result) {
    List<String> names = result.getResolvedSchema().getColumnNames();
    String path = definition.queries().isEmpty() ? "transformation" : "queries." + alias;
    return IntStream.range(0, names.size())
        .filter(index -> UNNAMED.matcher(names.get(index)).matches())
        .mapToObj(
            index ->
                definition.problem(
                    path,
                    "column %d of the result of '%s' has no name; give it one with AS"
                        .formatted(index + 1, alias)))
        .toList();
  }
}
