package dev.outflow.testing.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outflow.testing.JobFailedException;
import dev.outflow.testing.PlannedJob;
import dev.outflow.testing.rows.RowText;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.types.Row;

/**
 * A test case that has been read, and fits its job.
 *
 * @param folder where it is, as it was asked for
 * @param job what it tests
 * @param rows those of each input
 * @param outputs for each output that is compared, the columns that are
 * @param expected the rows of each output, of those columns
 * @param ordered whether their order matters
 */
public record JobCase(
    Path folder,
    PlannedJob job,
    Map<String, List<Row>> rows,
    Map<String, List<Column>> outputs,
    Map<String, List<Row>> expected,
    boolean ordered) {

  /**
   * All cases in a folder, or the one that it is.
   *
   * @throws dev.outflow.definition.InvalidDefinitionException with everything that is wrong with
   *     them or with the jobs that they test
   */
  public static List<JobCase> in(Path folder) {
    return new CaseReader(false).read(List.of(folder));
  }

  /**
   * As {@link #in}, but what is expected is left out: for when it is about to be written.
   *
   * @throws dev.outflow.definition.InvalidDefinitionException as there
   */
  public static List<JobCase> withoutExpectations(List<Path> folders) {
    return new CaseReader(true).read(folders);
  }

  /**
   * All cases in some folders.
   *
   * @throws dev.outflow.definition.InvalidDefinitionException as {@link #in}
   */
  public static List<JobCase> in(List<Path> folders) {
    return new CaseReader(false).read(folders);
  }

  /** Runs the job on the case's rows; the first case of a JVM starts Flink for all. */
  public CaseResult run() {
    Instant begin = Instant.now();
    try {
      Map<String, List<Row>> came = job.run(rows);
      Map<String, OutputDifference> differences = new LinkedHashMap<>();
      Map<String, List<JsonNode>> compared = new LinkedHashMap<>();
      outputs.forEach(
          (alias, columns) -> {
            List<JsonNode> actual = json(picked(came.get(alias), alias), columns);
            List<JsonNode> wanted = json(expected.getOrDefault(alias, List.of()), columns);
            compared.put(alias, ordered ? actual : OutputDifference.sorted(actual));
            differences.put(
                alias,
                ordered
                    ? OutputDifference.inOrder(wanted, actual)
                    : OutputDifference.inAnyOrder(wanted, actual));
          });
      return new CaseResult(this, compared, differences, Optional.empty(), since(begin));
    } catch (JobFailedException e) {
      return new CaseResult(this, Map.of(), Map.of(), Optional.of(e.getMessage()), since(begin));
    }
  }

  /** The values of the columns that are compared. */
  private List<Row> picked(List<Row> all, String alias) {
    List<String> names = job.outputs().get(alias).getColumnNames();
    int[] positions =
        outputs.get(alias).stream().mapToInt(column -> names.indexOf(column.getName())).toArray();
    return all.stream().map(row -> pick(row, positions)).toList();
  }

  private static Row pick(Row row, int[] positions) {
    Object[] values = IntStream.of(positions).mapToObj(row::getField).toArray();
    return Row.ofKind(row.getKind(), values);
  }

  private static List<JsonNode> json(List<Row> rows, List<Column> columns) {
    return rows.stream().map(row -> (JsonNode) RowText.json(row, columns)).toList();
  }

  private static Duration since(Instant begin) {
    return Duration.between(begin, Instant.now());
  }
}
