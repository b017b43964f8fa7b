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
 * Finds out why a row cannot be written, and in which column if one alone is to blame.
 *
 * @param format its name: {@code json}
 * @param key the columns of the key
 */
record FaultyColumnFinder(String format, RowSchema columns, List<String> key)
    implements Serializable {

  /** Of a key that cannot be written: one of several columns, as JSON. */
  RecordProblem ofKey(RowSerializationException failure) {
    return new RecordProblem(
        ErrorCode.OUTPUT_TYPE_CONVERSION,
        Optional.of(String.join(", ", key)),
        "the key cannot be written; choose another '%s', or change the column in the query"
            .formatted(KafkaOutputOptions.PARTITION_KEY.key()),
        failure.details());
  }

  /** Tries columns one by one with the {@code writer} that has failed. */
  RecordProblem of(
      RowData row, RowSerializationException failure, SerializationSchema<RowData> writer) {
    Optional<Integer> culprit = culprit(row, writer);
    return new RecordProblem(
        ErrorCode.OUTPUT_TYPE_CONVERSION,
        culprit.map(columns.names()::get),
        culprit
            .map(
                column ->
                    "%s cannot write this value of type %s; change it in the query"
                        .formatted(format, columns.types().get(column).asSummaryString()))
            .orElse("%s cannot write this row; change it in the query".formatted(format)),
        failure.details());
  }

  private Optional<Integer> culprit(RowData row, SerializationSchema<RowData> writer) {
    if (writes(writer, row, column -> false)) {
      return firstThatFails(row, writer, column -> false);
    }
    return writes(writer, row, columns::isRequired)
        ? firstThatFails(row, writer, columns::isRequired)
        : Optional.empty();
  }

  private Optional<Integer> firstThatFails(
      RowData row, SerializationSchema<RowData> writer, IntPredicate always) {
    return IntStream.range(0, columns.count())
        .filter(column -> !row.isNullAt(column))
        .filter(column -> !writes(writer, row, it -> it == column || always.test(it)))
        .boxed()
        .findFirst();
  }

  private boolean writes(SerializationSchema<RowData> writer, RowData row, IntPredicate kept) {
    try {
      writer.serialize(columns.only(row, kept));
      return true;
    } catch (RowSerializationException e) {
      return false;
    }
  }
}
