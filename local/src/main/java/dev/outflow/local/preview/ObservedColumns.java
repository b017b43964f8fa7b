package dev.outflow.local.preview;

import dev.outflow.compose.InputDeadLetters;
import dev.outflow.kafka.output.DeadLetterColumn;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The columns of the table with all records of an input.
 *
 * @param type the type of its rows
 * @param values the indexes of the columns of the format
 * @param time the index of the event time; -1 if there is none
 * @param errors the indexes of the columns that describe a bad record; -1 if it has none
 */
record ObservedColumns(
    RowType type, List<Integer> values, int time, EnumMap<DeadLetterColumn, Integer> errors)
    implements Serializable {
  /** The precision of event times, as Flink requires. */
  private static final int MILLISECONDS = 3;

  /**
   * Finds the columns.
   *
   * @param values the names of the columns of the format
   * @param time the name of the event time
   */
  static ObservedColumns of(DataType row, List<String> values, Optional<String> time) {
    RowType type = (RowType) row.getLogicalType();
    List<String> names = type.getFieldNames();
    EnumMap<DeadLetterColumn, Integer> errors = new EnumMap<>(DeadLetterColumn.class);
    for (DeadLetterColumn column : DeadLetterColumn.values()) {
      errors.put(column, names.indexOf(InputDeadLetters.columnName(column)));
    }
    return new ObservedColumns(
        type,
        values.stream().map(names::indexOf).toList(),
        time.map(names::indexOf).orElse(-1),
        errors);
  }

  /** Returns the names of the input's own columns. */
  List<String> own() {
    Set<String> others =
        Stream.of(DeadLetterColumn.values())
            .map(InputDeadLetters::columnName)
            .collect(Collectors.toSet());
    return type.getFieldNames().stream().filter(name -> !others.contains(name)).toList();
  }

  boolean isBad(RowData row) {
    int code = errors.get(DeadLetterColumn.CODE);
    return code >= 0 && !row.isNullAt(code);
  }

  /** Returns the event time of a good row in ms since the epoch, as watermarks are; if any. */
  OptionalLong time(RowData row) {
    return time < 0 || row.isNullAt(time)
        ? OptionalLong.empty()
        : OptionalLong.of(row.getTimestamp(time, MILLISECONDS).getMillisecond());
  }

  /** Returns whether a row has no value in any column of the format. */
  boolean isBlank(RowData row) {
    return !values.isEmpty() && values.stream().allMatch(row::isNullAt);
  }

  /** Returns the text of a column that describes a bad record; null if there is none. */
  String text(RowData row, DeadLetterColumn column) {
    int index = errors.get(column);
    return row.isNullAt(index) ? null : row.getString(index).toString();
  }

  int partition(RowData row) {
    return row.getInt(errors.get(DeadLetterColumn.PARTITION));
  }

  long offset(RowData row) {
    return row.getLong(errors.get(DeadLetterColumn.OFFSET));
  }
}
