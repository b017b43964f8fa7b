package dev.outflow.kafka.output;

import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.RecordProblem;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.RowData;

/**
 * Explains why a row cannot be serialized, naming the column if a single one is the cause.
 *
 * @param format the name of the format, e.g. {@code json}
 * @param key the columns of the key
 */
record FaultyColumnFinder(String format, RowSchema schema, List<String> key)
    implements Serializable {

  /** Explains the failure to serialize a key, which is JSON of several columns. */
  RecordProblem keyProblem(RowSerializationException failure) {
    return new RecordProblem(
        ErrorCode.OUTPUT_TYPE_CONVERSION,
        Optional.of(String.join(", ", key)),
        "the key cannot be serialized; choose another '%s', or change the column in the query"
            .formatted(KafkaOutputOptions.PARTITION_KEY.key()),
        failure.details());
  }

  /** Explains a failure by trying columns one by one with the {@code serializer} that failed. */
  RecordProblem problem(
      RowData row, RowSerializationException failure, SerializationSchema<RowData> serializer) {
    Optional<Integer> faulty = faultyColumn(row, serializer);
    return new RecordProblem(
        ErrorCode.OUTPUT_TYPE_CONVERSION,
        faulty.map(schema.names()::get),
        faulty
            .map(
                column ->
                    "%s cannot serialize this value of type %s; change it in the query"
                        .formatted(format, schema.types().get(column).asSummaryString()))
            .orElse("%s cannot serialize this row; change it in the query".formatted(format)),
        failure.details());
  }

  private Optional<Integer> faultyColumn(RowData row, SerializationSchema<RowData> serializer) {
    if (succeeds(serializer, row, column -> false)) {
      return firstFailure(row, serializer, column -> false);
    }
    return succeeds(serializer, row, schema::isRequired)
        ? firstFailure(row, serializer, schema::isRequired)
        : Optional.empty();
  }

  private Optional<Integer> firstFailure(
      RowData row, SerializationSchema<RowData> serializer, IntPredicate always) {
    return IntStream.range(0, schema.count())
        .filter(column -> !row.isNullAt(column))
        .filter(column -> !succeeds(serializer, row, at -> at == column || always.test(at)))
        .boxed()
        .findFirst();
  }

  private boolean succeeds(
      SerializationSchema<RowData> serializer, RowData row, IntPredicate columns) {
    try {
      serializer.serialize(schema.retain(row, columns));
      return true;
    } catch (RowSerializationException e) {
      return false;
    }
  }
}
