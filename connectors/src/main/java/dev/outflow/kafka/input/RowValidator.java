package dev.outflow.kafka.input;

import dev.outflow.format.reader.InvalidValueException;
import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.RecordProblem;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Checks that a row has its event time and its {@code NOT NULL} columns. Flink's formats do not:
 * they decode an absent field as null whatever the column's type.
 *
 * @param required the positions of {@code NOT NULL} columns
 * @param time the position of the event time; -1 if it is not a column of the format
 */
record RowValidator(List<String> columns, List<Integer> required, int time)
    implements Serializable {
  private static final String NO_TIME = "the event time is null";

  /** Returns the validator of a table with these columns. */
  static RowValidator of(RowType row, Optional<String> timeColumn) {
    return new RowValidator(
        row.getFieldNames(),
        IntStream.range(0, row.getFieldCount())
            .filter(column -> !row.getTypeAt(column).isNullable())
            .boxed()
            .toList(),
        timeColumn.map(row::getFieldIndex).orElse(-1));
  }

  /** Returns the first problem of a row; null if it is valid. */
  RecordProblem check(RowData row) {
    if (time >= 0 && row.isNullAt(time)) {
      return problem(ErrorCode.INVALID_INPUT_TIME, time, NO_TIME);
    }
    for (int column : required) {
      if (row.isNullAt(column)) {
        return problem(ErrorCode.MISSING_COLUMNS, column, "is null but declared NOT NULL");
      }
    }
    return null;
  }

  /** Returns the problem with the code for an invalid event time if that is its column. */
  RecordProblem withTimeCode(RecordProblem problem) {
    boolean isTime =
        time >= 0
            && problem.code() == ErrorCode.INPUT_TYPE_CONVERSION
            && problem.column().filter(columns.get(time)::equals).isPresent();
    return isTime
        ? new RecordProblem(
            ErrorCode.INVALID_INPUT_TIME,
            problem.column(),
            "the value is not a time that the format can read as the column's type",
            problem.details())
        : problem;
  }

  /** Returns the problem of an invalid row, with the code for an invalid event time. */
  RecordProblem problem(InvalidValueException invalid) {
    boolean isTime = time >= 0 && invalid.column().filter(columns.get(time)::equals).isPresent();
    ErrorCode code =
        switch (invalid.kind()) {
          case MALFORMED -> ErrorCode.INVALID_DATA;
          case CONVERSION -> ErrorCode.INPUT_TYPE_CONVERSION;
          case MISSING -> ErrorCode.MISSING_COLUMNS;
        };
    return new RecordProblem(
        isTime ? ErrorCode.INVALID_INPUT_TIME : code,
        invalid.column(),
        isTime && invalid.kind() == InvalidValueException.Kind.MISSING
            ? NO_TIME
            : invalid.getMessage(),
        invalid.details());
  }

  private RecordProblem problem(ErrorCode code, int column, String message) {
    return new RecordProblem(code, Optional.of(columns.get(column)), message, "");
  }
}
