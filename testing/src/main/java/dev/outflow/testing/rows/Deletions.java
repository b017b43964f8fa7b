package dev.outflow.testing.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outflow.kafka.error.RecordProblem;
import dev.outflow.kafka.input.InputDecoder;
import dev.outflow.kafka.input.UndeclaredColumn;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.catalog.WatermarkSpec;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/**
 * Reads the rows of a test case that stand for tombstones: {@code {"row-kind": "-D", "id": 7}},
 * with the primary key and, if there is one, the event time.
 */
final class Deletions {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String FAIL_ON_MISSING_FIELD = "json.fail-on-missing-field";

  private final InputDecoder decoder;

  private Deletions(InputDecoder decoder) {
    this.decoder = decoder;
  }

  /**
   * Prepares to read.
   *
   * @param written the columns of the file
   * @param key the primary key
   * @param options how rows in JSON are read
   */
  static Deletions of(
      String input,
      List<Column> written,
      UniqueConstraint key,
      List<WatermarkSpec> time,
      Map<String, String> options) {
    Set<String> required = new HashSet<>(key.getColumns());
    time.forEach(watermark -> required.add(watermark.getRowtimeAttribute()));
    List<Column> columns =
        written.stream()
            .map(
                column ->
                    UndeclaredColumn.is(column) || required.contains(column.getName())
                        ? column
                        : Column.physical(column.getName(), column.getDataType().nullable()))
            .toList();
    Map<String, String> lenient = new HashMap<>(options);
    lenient.remove(FAIL_ON_MISSING_FIELD);
    return new Deletions(
        InputDecoder.of(input, new ResolvedSchema(columns, time, null, List.of()), lenient));
  }

  /** Returns the field {@code row-kind} of a record; empty if it has none or is not an object. */
  static Optional<String> kind(CaseRecord record) {
    try {
      return Optional.ofNullable(MAPPER.readTree(record.value()).get(RowText.KIND))
          .map(JsonNode::asText);
    } catch (IOException e) {
      return Optional.empty(); // The format reports it.
    }
  }

  /** Returns whether a row of this kind is not a deletion but the current row of its key. */
  static boolean isRow(String kind) {
    return Stream.of(RowKind.INSERT, RowKind.UPDATE_AFTER)
        .anyMatch(known -> known.shortString().equals(kind));
  }

  static boolean isDeletion(String kind) {
    return RowKind.DELETE.shortString().equals(kind);
  }

  /** Reads a record; returns what is wrong with it. */
  List<RecordProblem> read(CaseRecord record, Consumer<RowData> rows) throws IOException {
    return decoder.decode(
        record.value(),
        row -> {
          row.setRowKind(RowKind.DELETE);
          rows.accept(row);
        });
  }
}
