package dev.outflow.kafka.output;

import dev.outflow.option.InvalidOptionsException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/**
 * The columns that a record's value contains: all, except those that are only its key, headers or
 * topic.
 *
 * @param row the type of the rows
 */
record ValueColumns(DataType row, List<Integer> positions) {
  private static final String OPTION = KafkaOutputOptions.EXCLUDE_FROM_VALUE.key();

  /**
   * Resolves the columns of an output.
   *
   * @throws InvalidOptionsException if an excluded column does not exist or is not written
   *     elsewhere, or if no column is left
   */
  static ValueColumns of(KafkaOutput output, DataType row) {
    List<String> excluded = output.excludeFromValue();
    List<String> existing = DataType.getFieldNames(row);
    OutputColumns.requireKnown(OPTION, excluded, existing);
    Set<String> written = new HashSet<>(output.partitionKey());
    output.topic().column().ifPresent(written::add);
    output.headers().values().stream()
        .map(OutputHeaders::column)
        .flatMap(Optional::stream)
        .forEach(written::add);
    for (String column : excluded) {
      if (!written.contains(column)) {
        throw InvalidOptionsException.of(
            OPTION,
            "column '%s' would not be written at all; use it in 'headers', 'partition-key' or 'topic.from', or remove it from the query"
                .formatted(column));
      }
    }
    List<Integer> positions =
        IntStream.range(0, existing.size())
            .filter(column -> !excluded.contains(existing.get(column)))
            .boxed()
            .toList();
    if (positions.isEmpty()) {
      throw InvalidOptionsException.of(OPTION, "excludes all columns; keep at least one");
    }
    return new ValueColumns(row, positions);
  }

  /** Returns the type of the value. */
  DataType type() {
    return isWholeRow() ? row : Projection.of(indexes()).project(row);
  }

  /** Returns the serializer of whole rows. */
  SerializationSchema<RowData> serializer(SerializationSchema<RowData> format) {
    return isWholeRow() ? format : new ProjectingSerializer(format, indexes());
  }

  private boolean isWholeRow() {
    return positions.size() == DataType.getFieldCount(row);
  }

  private int[] indexes() {
    return positions.stream().mapToInt(Integer::intValue).toArray();
  }
}
