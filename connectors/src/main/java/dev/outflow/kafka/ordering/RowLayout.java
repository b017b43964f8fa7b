package dev.outflow.kafka.ordering;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The positions of the columns that ordering needs in an input's rows. A TIMESTAMP is taken as UTC,
 * as Flink does for watermarks and windows.
 *
 * @param time the position of the event time
 * @param precision of its type, TIMESTAMP or TIMESTAMP_LTZ
 * @param errorCode the position of the code that marks bad records, which pass unchanged; -1 if
 *     there is none
 * @param original the position of the original event time; -1 if it is not selected
 */
public record RowLayout(
    int time, int precision, int errorCode, int original, List<RowData.FieldGetter> getters)
    implements Serializable {

  /** Returns the layout of rows of this type. */
  public static RowLayout of(RowType type, int time, int precision, int errorCode, int original) {
    List<RowData.FieldGetter> getters = new ArrayList<>();
    for (LogicalType field : type.getChildren()) {
      getters.add(RowData.createFieldGetter(field, getters.size()));
    }
    return new RowLayout(time, precision, errorCode, original, List.copyOf(getters));
  }

  /** Returns whether the row has no event time because its record could not be read. */
  boolean isBad(RowData row) {
    return row.isNullAt(time) || (errorCode >= 0 && !row.isNullAt(errorCode));
  }

  /** Returns the event time in ms since the epoch. */
  long time(RowData row) {
    return row.getTimestamp(time, precision).getMillisecond();
  }

  /** Returns the row with its time unchanged, and the original time if it is selected. */
  RowData unchanged(RowData row) {
    return original < 0 ? row : copy(row);
  }

  /** Returns a copy with another event time. */
  RowData withTime(long millis, RowData row) {
    GenericRowData copy = copy(row);
    copy.setField(time, TimestampData.fromEpochMillis(millis));
    return copy;
  }

  /** Copies, because the source may still use the row. */
  private GenericRowData copy(RowData row) {
    GenericRowData copy = new GenericRowData(row.getRowKind(), getters.size());
    for (int i = 0; i < getters.size(); i++) {
      copy.setField(i, getters.get(i).getFieldOrNull(row));
    }
    if (original >= 0) {
      copy.setField(original, TimestampData.fromEpochMillis(time(row)));
    }
    return copy;
  }
}
