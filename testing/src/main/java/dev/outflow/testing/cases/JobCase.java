package dev.outflow.testing.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.OnError;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.testing.JobFailedException;
import dev.outflow.testing.PlannedJob;
import dev.outflow.testing.RunResult;
import dev.outflow.testing.rows.ExpectedRow;
import dev.outflow.testing.rows.InputFile;
import dev.outflow.testing.rows.InputRows;
import dev.outflow.testing.rows.RecordFile;
import dev.outflow.testing.rows.RowText;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.types.Row;

/**
 * A test case of a job: a folder with rows, which has been checked against the job.
 *
 * @param folder the path as the user wrote it
 * @param job the job under test
 * @param inputs the rows of each input that has a file
 * @param outputs the columns to compare, for each output to compare
 * @param expected the expected rows of each output, with those columns; those that can be read if
 *     the actual rows are going to be accepted
 * @param ordered whether the order of rows matters
 */
public record JobCase(
    Path folder,
    PlannedJob job,
    Map<String, InputFile.Content> inputs,
    Map<String, List<Column>> outputs,
    Map<String, List<ExpectedRow>> expected,
    boolean ordered) {

  /** Runs the job on the rows, in any thread. The first test case of a JVM starts Flink for all. */
  public CaseResult run() {
    Instant start = Instant.now();
    try {
      Map<String, InputRows> rows = new LinkedHashMap<>();
      inputs.forEach((name, content) -> rows.put(name, content.rows()));
      RunResult result = job.run(rows, outputs.keySet());
      Optional<String> unkeyed = unkeyed(result, OnError.FAIL);
      if (unkeyed.isPresent()) {
        return failed(unkeyed.get(), start);
      }
      Map<String, OutputDifference> differences = new LinkedHashMap<>();
      Map<String, List<String>> accepted = new LinkedHashMap<>();
      outputs.forEach(
          (alias, columns) -> {
            List<JsonNode> actual = json(project(written(alias, result), alias), columns);
            List<AcceptedRows.Line> written =
                expected.getOrDefault(alias, List.of()).stream()
                    .map(row -> new AcceptedRows.Line(row.line(), json(row.row(), columns)))
                    .toList();
            List<JsonNode> wanted = written.stream().map(AcceptedRows.Line::row).toList();
            accepted.put(
                alias,
                ordered
                    ? AcceptedRows.inOrder(written, actual)
                    : AcceptedRows.inAnyOrder(written, actual));
            differences.put(
                alias,
                ordered
                    ? OutputDifference.inOrder(wanted, actual)
                    : OutputDifference.inAnyOrder(wanted, actual));
          });
      return new CaseResult(
          folder,
          ordered,
          accepted,
          differences,
          Optional.empty(),
          Stream.concat(
                  notes(result.inputs()).stream(),
                  Stream.of(OnError.DROP, OnError.DEAD_LETTER)
                      .flatMap(policy -> unkeyed(result, policy).stream()))
              .toList(),
          since(start));
    } catch (JobFailedException e) {
      return failed(e.getMessage(), start);
    } catch (RuntimeException e) { // The other test cases run anyway.
      return failed("the test case cannot be run: " + e, start);
    }
  }

  /** Returns the rows that an output writes; with {@code mode: upsert}, what its topic contains. */
  private List<Row> written(String alias, RunResult result) {
    List<Row> changes = result.outputs().get(alias);
    return topic(alias)
        .map(topic -> ordered ? topic.records(changes) : topic.table(changes))
        .orElse(changes);
  }

  private Optional<UpsertTopic> topic(String alias) {
    OutputDefinition output = job.definition().outputs().get(alias);
    return output.isUpsert()
        ? Optional.of(new UpsertTopic(job.outputs().get(alias).getColumnNames(), output.key()))
        : Optional.empty();
  }

  /** Describes a row without a key in an output with this policy, if there is one. */
  private Optional<String> unkeyed(RunResult result, OnError policy) {
    return outputs.keySet().stream()
        .filter(alias -> topic(alias).isPresent() && policy(alias) == policy)
        .flatMap(
            alias ->
                topic(alias)
                    .flatMap(topic -> topic.missing(result.outputs().get(alias)))
                    .map(
                        column ->
                            "output '%s': %s: column '%s' is null, but is part of the key; %s"
                                .formatted(
                                    alias, ErrorCode.REQUIRED_COLUMN_MISSING, column, policy))
                    .stream())
        .findFirst();
  }

  private OnError policy(String alias) {
    return KafkaOutput.of(job.definition().outputs().get(alias).options(), alias)
        .errors()
        .onError();
  }

  private CaseResult failed(String reason, Instant start) {
    return new CaseResult(
        folder, ordered, Map.of(), Map.of(), Optional.of(reason), notes(Set.of()), since(start));
  }

  /** Returns what readers of a result may not expect of its inputs. */
  private List<String> notes(Set<String> read) {
    List<String> notes = new ArrayList<>();
    inputs.values().forEach(content -> notes.addAll(content.notes()));
    read.stream()
        .filter(name -> !inputs.containsKey(name))
        .forEach(
            name ->
                notes.add(
                    "input '%s' has no rows: %s not found; an empty file says that this is intended"
                        .formatted(name, folder.resolve(name + RecordFile.JSON_LINES))));
    return notes;
  }

  /** Returns rows with the columns to compare. */
  private List<Row> project(List<Row> all, String alias) {
    List<String> names = job.outputs().get(alias).getColumnNames();
    int[] positions =
        outputs.get(alias).stream().mapToInt(column -> names.indexOf(column.getName())).toArray();
    return all.stream().map(row -> project(row, positions)).toList();
  }

  private static Row project(Row row, int[] positions) {
    Object[] values = IntStream.of(positions).mapToObj(row::getField).toArray();
    return Row.ofKind(row.getKind(), values);
  }

  private static List<JsonNode> json(List<Row> rows, List<Column> columns) {
    return rows.stream().map(row -> json(row, columns)).toList();
  }

  private static JsonNode json(Row row, List<Column> columns) {
    return RowText.json(row, columns);
  }

  private static Duration since(Instant start) {
    return Duration.between(start, Instant.now());
  }
}
