package dev.outflow.kafka.output;

import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.RecordProblem;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.RowData;

/**
 * Finds out why a row cannot be written, and in which column if one alone is to blame.
 *
 * @param format its name: {@code json}
 */
record RowFault(String format, RowColumns columns) implements Serializable {

  /** Tries columns one by one with the {@code writer} that has failed. */
  RecordProblem of(
      RowData row, UnwritableRowException failure, SerializationSchema<RowData> writer) {
    Optional<Integer> missing =
        IntStream.range(0, columns.count())
            .filter(column -> columns.isRequired(column) && row.isNullAt(column))
            .boxed()
            .findFirst();
    if (missing.isPresent()) {
      return new RecordProblem(
          ErrorCode.REQUIRED_COLUMN_MISSING,
          missing.map(columns.names()::get),
          "has no value and is NOT NULL; give it one in the query, as with COALESCE",
          failure.details());
    }
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
    } catch (UnwritableRowException e) {
      return false;
    }
  }
}
