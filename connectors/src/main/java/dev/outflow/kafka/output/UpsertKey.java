package dev.outflow.kafka.output;

import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.RecordProblem;
import dev.outflow.option.InvalidOptionsException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.RowKind;

/**
 * The columns that identify a row of an output with {@code mode: upsert}.
 *
 * @param names in the order of {@code partition-key}
 * @param positions their positions in a row
 * @param tombstoneHeaders the headers of a record that deletes a row: literals and columns of the
 *     key, because other columns of a deleted row can be unknown
 */
record UpsertKey(List<String> names, List<Integer> positions, OutputHeaders tombstoneHeaders)
    implements Serializable {
  /**
   * Resolves the columns of an output.
   *
   * @throws InvalidOptionsException if one of them does not exist
   */
  static UpsertKey of(KafkaOutput output, DataType row) {
    List<String> names = output.partitionKey();
    List<String> existing = DataType.getFieldNames(row);
    OutputColumns.requireKnown(KafkaOutputOptions.PARTITION_KEY.key(), names, existing);
    Map<String, String> headers = new HashMap<>(output.headers());
    headers
        .values()
        .removeIf(source -> !OutputHeaders.column(source).map(names::contains).orElse(true));
    return new UpsertKey(
        List.copyOf(names),
        names.stream().map(existing::indexOf).toList(),
        OutputHeaders.find(headers, row));
  }

  /** Returns whether a row removes an earlier one. */
  static boolean isRetraction(RowData row) {
    return row.getRowKind() == RowKind.DELETE || row.getRowKind() == RowKind.UPDATE_BEFORE;
  }

  /** Explains that a row has no complete key; empty if it has one. */
  Optional<RecordProblem> problem(RowData row) {
    for (int at = 0; at < positions.size(); at++) {
      if (row.isNullAt(positions.get(at))) {
        return Optional.of(
            new RecordProblem(
                ErrorCode.REQUIRED_COLUMN_MISSING,
                Optional.of(names.get(at)),
                "is null, but is part of the key, which every record has with mode 'upsert'; give it a value with COALESCE in the query, or filter the row",
                ""));
      }
    }
    return Optional.empty();
  }
}
