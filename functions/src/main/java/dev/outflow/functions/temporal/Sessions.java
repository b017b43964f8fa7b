package dev.outflow.functions.temporal;

import java.util.Arrays;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;

/**
 * The sessions of a partition that have not been returned: the last one, which can still get rows,
 * and those before it that end before the watermark. Rows come in the order of their times.
 */
record Sessions(Row memory) {
  private static final int START = 0;
  private static final int ROWS = 1;
  private static final int OPEN_UNTIL = 2;
  private static final int CUT = 3;
  private static final int EARLIER = 4;
  private static final int ENDED = 2;

  /**
   * A session that has ended.
   *
   * @param start the time of its first row
   * @param rows their number
   */
  record Ended(long start, int rows) {}

  static DataType type() {
    DataType earlier =
        DataTypes.ROW(
            DataTypes.FIELD("start", DataTypes.BIGINT()),
            DataTypes.FIELD("rows", DataTypes.INT()),
            DataTypes.FIELD("ended", DataTypes.BIGINT()));
    return DataTypes.ROW(
        DataTypes.FIELD("start", DataTypes.BIGINT()),
        DataTypes.FIELD("rows", DataTypes.INT()),
        DataTypes.FIELD("open_until", DataTypes.BIGINT()),
        DataTypes.FIELD("cut", DataTypes.BIGINT()),
        DataTypes.FIELD("earlier", DataTypes.ARRAY(earlier)));
  }

  /** Adds a row. */
  void add(long time, long timeout, long longest) {
    boolean isFirst = memory.getField(OPEN_UNTIL) == null || time > openUntil();
    if (isFirst) {
      begin(time, multiple(time + longest, longest));
    } else if (time > cut()) {
      begin(time, multiple(Math.max(cut() + longest, time), longest));
    }
    memory.setField(ROWS, rows() + 1);
    memory.setField(OPEN_UNTIL, time + timeout);
  }

  /** Returns the first multiple of a length at a time or after it. */
  private static long multiple(long time, long length) {
    return -Math.floorDiv(-time, length) * length;
  }

  private void begin(long time, long cut) {
    if (rows() > 0) {
      Row[] earlier = earlier();
      Row[] all = Arrays.copyOf(earlier, earlier.length + 1);
      all[earlier.length] = Row.of(memory.getField(START), rows(), end());
      memory.setField(EARLIER, all);
    }
    memory.setField(START, time);
    memory.setField(ROWS, 0);
    memory.setField(CUT, cut);
  }

  /** Returns when the last session ends if no row follows. */
  long end() {
    return Math.min(openUntil(), cut());
  }

  /** Returns until when rows continue the last session, or the one after its cut. */
  long openUntil() {
    return memory.getFieldAs(OPEN_UNTIL);
  }

  /** Removes and returns the session that ends at a time. */
  Optional<Ended> endedAt(long time) {
    Row[] earlier = earlier();
    if (earlier.length > 0) {
      if ((long) earlier[0].getField(ENDED) != time) {
        return Optional.empty();
      }
      memory.setField(EARLIER, Arrays.copyOfRange(earlier, 1, earlier.length));
      return Optional.of(new Ended(earlier[0].getFieldAs(START), earlier[0].getFieldAs(ROWS)));
    }
    if (rows() == 0 || end() != time) {
      return Optional.empty();
    }
    Ended ended = new Ended(memory.getFieldAs(START), rows());
    memory.setField(ROWS, 0);
    return Optional.of(ended);
  }

  /** Returns whether all sessions are returned, and none continues. */
  boolean areOver(long time) {
    return rows() == 0 && earlier().length == 0 && time >= openUntil();
  }

  private int rows() {
    Integer rows = memory.getFieldAs(ROWS);
    return rows == null ? 0 : rows;
  }

  private long cut() {
    return memory.getFieldAs(CUT);
  }

  private Row[] earlier() {
    Row[] earlier = memory.getFieldAs(EARLIER);
    return earlier == null ? new Row[0] : earlier;
  }
}
