package dev.outflow.kafka.ordering;

import java.io.Serializable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;

/**
 * Where in a row the event time is. A time without zone is taken for UTC, as Flink does it for
 * watermarks and windows.
 *
 * @param index of the field
 * @param precision of its type, which is TIMESTAMP or TIMESTAMP_LTZ
 */
public record EventTimeField(int index, int precision) implements Serializable {
  /** In ms since 1970. */
  long of(RowData row) {
    return row.getTimestamp(index, precision).getMillisecond();
  }

  boolean isNull(RowData row) {
    return row.isNullAt(index);
  }

  /** As a value of the field. */
  static TimestampData value(long millis) {
    return TimestampData.fromEpochMillis(millis);
  }
}
