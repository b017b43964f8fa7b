package dev.outflow.kafka.input;

import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.RecordProblem;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * What a row must have that formats do not look at: they read an absent field as null, also where
 * the table says {@code NOT NULL}.
 *
 * @param required the columns that are {@code NOT NULL}, by their place
 * @param time the column with the event time; -1 if the table does not read it from the record
 */
record RowRules(List<String> columns, List<Integer> required, int time) implements Serializable {

  /** The rules of a table with these columns. */
  static RowRules of(RowType row, Optional<String> timeColumn) {
    return new RowRules(
        row.getFieldNames(),
        IntStream.range(0, row.getFieldCount())
            .filter(column -> !row.getTypeAt(column).isNullable())
            .boxed()
            .toList(),
        timeColumn.map(row::getFieldIndex).orElse(-1));
  }

  /** What is wrong with a row; null if nothing is. */
  RecordProblem check(RowData row) {
    if (time >= 0 && row.isNullAt(time)) {
      return problem(ErrorCode.INVALID_INPUT_TIME, time, "the event time has no value");
    }
    for (int column : required) {
      if (row.isNullAt(column)) {
        return problem(ErrorCode.MISSING_COLUMNS, column, "has no value and is NOT NULL");
      }
    }
    return null;
  }

  /** The same problem, told as what it is if it is the time that cannot be read. */
  RecordProblem ofTime(RecordProblem problem) {
    boolean isTime =
        time >= 0
            && problem.code() == ErrorCode.INPUT_TYPE_CONVERSION
            && problem.column().filter(columns.get(time)::equals).isPresent();
    return isTime
        ? new RecordProblem(
            ErrorCode.INVALID_INPUT_TIME,
            problem.column(),
            "its value is no time that the column's type and the format can read",
            problem.details())
        : problem;
  }

  private RecordProblem problem(ErrorCode code, int column, String message) {
    return new RecordProblem(code, Optional.of(columns.get(column)), message, "");
  }
}
