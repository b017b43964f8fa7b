package dev.outflow.sampling.column;

import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.RecordProblem;
import dev.outflow.kafka.input.RecordRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Columns that the job's own reader has read from every record of the sample. What it rejects is
 * STRING, which takes any value.
 *
 * @param columns the columns
 * @param badRecords how many records the reader rejects in any case
 */
record ReadableColumns(List<InferredColumn> columns, int badRecords) {
  ReadableColumns {
    columns = List.copyOf(columns);
  }

  /**
   * Reads all records with the columns.
   *
   * @param options the options of a Kafka input with these columns
   */
  static ReadableColumns of(
      List<InferredColumn> inferred,
      Map<String, String> options,
      List<ConsumerRecord<byte[], byte[]>> records) {
    List<InferredColumn> columns = inferred;
    while (true) {
      RecordRows reader = RecordRows.of("columns", schema(columns), options);
      Map<String, ErrorCode> rejected = new HashMap<>();
      int bad = 0;
      for (ConsumerRecord<byte[], byte[]> record : records) {
        List<RecordProblem> problems = read(reader, record);
        bad += problems.isEmpty() ? 0 : 1;
        for (RecordProblem problem : problems) {
          problem
              .column()
              .filter(path -> problem.code() == ErrorCode.INPUT_TYPE_CONVERSION)
              .ifPresent(path -> rejected.put(path, problem.code()));
        }
      }
      List<InferredColumn> next =
          columns.stream().map(column -> readable(column, rejected)).toList();
      if (next.equals(columns)) {
        return new ReadableColumns(columns, bad);
      }
      columns = next;
    }
  }

  private static List<RecordProblem> read(
      RecordRows reader, ConsumerRecord<byte[], byte[]> record) {
    try {
      return reader.read(record, row -> {});
    } catch (IOException e) {
      throw new UncheckedIOException("JSON and CSV need nothing else", e);
    }
  }

  private static InferredColumn readable(
      InferredColumn column, Map<String, ErrorCode> rejectedPaths) {
    boolean isRejected =
        rejectedPaths.keySet().stream()
            .anyMatch(
                path ->
                    path.equals(column.name())
                        || path.startsWith(column.name() + ".")
                        || path.startsWith(column.name() + "["));
    return isRejected && column.type() != ColumnType.Scalar.STRING
        ? column.withType(
            ColumnType.Scalar.STRING, "not every value is %s".formatted(column.type().sql()))
        : column;
  }

  /** All columns are nullable here: what is required is counted. */
  static ResolvedSchema schema(List<InferredColumn> columns) {
    return ResolvedSchema.of(
        columns.stream()
            .map(column -> (Column) Column.physical(column.name(), column.type().dataType()))
            .collect(Collectors.toCollection(ArrayList::new)));
  }
}
