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
 * What is where in the rows of an input. A time without zone is taken for UTC, as Flink does it for
 * watermarks and windows.
 *
 * @param time the column with the event time
 * @param precision of its type, which is TIMESTAMP or TIMESTAMP_LTZ
 * @param errorCode the column that tells bad records, which are let through as they are; -1 if
 *     there are none
 * @param original the column for the time before it is adjusted; -1 if nobody asks for it
 */
public record RowLayout(
    int time, int precision, int errorCode, int original, List<RowData.FieldGetter> getters)
    implements Serializable {

  /** Rows of this type. */
  public static RowLayout of(RowType type, int time, int precision, int errorCode, int original) {
    List<RowData.FieldGetter> getters = new ArrayList<>();
    for (LogicalType field : type.getChildren()) {
      getters.add(RowData.createFieldGetter(field, getters.size()));
    }
    return new RowLayout(time, precision, errorCode, original, List.copyOf(getters));
  }

  /** Whether it has no time, because it could not be read. */
  boolean isBad(RowData row) {
    return row.isNullAt(time) || (errorCode >= 0 && !row.isNullAt(errorCode));
  }

  /** In ms since 1970. */
  long time(RowData row) {
    return row.getTimestamp(time, precision).getMillisecond();
  }

  /** The same row, with what is asked for beside. */
  RowData asItIs(RowData row) {
    return original < 0 ? row : copy(row);
  }

  /** The row at another time. */
  RowData at(long millis, RowData row) {
    GenericRowData copy = copy(row);
    copy.setField(time, TimestampData.fromEpochMillis(millis));
    return copy;
  }

  /** Whoever made the row may still look at it. */
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
