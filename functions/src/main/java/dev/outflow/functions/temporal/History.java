package dev.outflow.functions.temporal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.functions.ProcessTableFunction.TimeContext;
import org.apache.flink.types.Row;

/**
 * The last values of a partition, no more than a number of them and none older than a duration, and
 * numbers that belong to them.
 *
 * @param memory the state
 * @param size the greatest number of values
 */
record History(Row memory, int size, Duration limit) {
  private static final int SINCE = 1;
  private static final int TIMES = 2;
  private static final int FIRST_SERIES = 3;

  /**
   * Returns the fields of the state.
   *
   * @param series the names of the numbers that belong to a value
   */
  static List<DataTypes.Field> fields(String... series) {
    List<DataTypes.Field> fields = new ArrayList<>();
    fields.add(DataTypes.FIELD("expires", DataTypes.BIGINT()));
    fields.add(DataTypes.FIELD("since", DataTypes.BIGINT()));
    fields.add(
        DataTypes.FIELD(
            "times", DataTypes.ARRAY(DataTypes.BIGINT().notNull()).bridgedTo(long[].class)));
    for (String name : series) {
      fields.add(
          DataTypes.FIELD(
              name, DataTypes.ARRAY(DataTypes.DOUBLE().notNull()).bridgedTo(double[].class)));
    }
    return fields;
  }

  /** Returns the numbers of a series that are not too old. */
  double[] series(int index, long now) {
    double[] all = memory.getFieldAs(FIRST_SERIES + index);
    return all == null ? new double[0] : Arrays.copyOfRange(all, firstKept(now), all.length);
  }

  /**
   * Returns whether there are enough values to compare others with: all that the history holds, or
   * those of the whole duration.
   */
  boolean isComplete(long now) {
    int kept = times().length - firstKept(now);
    return kept == size || (kept > 0 && now - since() >= limit.toMillis());
  }

  /**
   * Adds a value, and forgets others.
   *
   * @param numbers one for each series
   */
  void add(TimeContext<Long> time, double... numbers) {
    long now = time.time();
    long[] times = times();
    int first = firstKept(now);
    if (first == times.length) {
      memory.setField(SINCE, now);
    }
    int from = Math.max(first, times.length + 1 - size);
    long[] added = Arrays.copyOfRange(times, from, times.length + 1);
    added[added.length - 1] = now;
    for (int index = 0; index < numbers.length; index++) {
      double[] all = memory.getFieldAs(FIRST_SERIES + index);
      double[] last = all == null ? new double[1] : Arrays.copyOfRange(all, from, times.length + 1);
      last[last.length - 1] = numbers[index];
      memory.setField(FIRST_SERIES + index, last);
    }
    memory.setField(TIMES, added);
    Expiry.keepUntil(now + limit.toMillis(), memory, time);
  }

  /** Returns the time of the first value that is not too old; there must be one. */
  long oldest(long now) {
    return times()[firstKept(now)];
  }

  private int firstKept(long now) {
    return (int) LongStream.of(times()).takeWhile(at -> at < now - limit.toMillis()).count();
  }

  private long[] times() {
    long[] times = memory.getFieldAs(TIMES);
    return times == null ? new long[0] : times;
  }

  private long since() {
    return memory.getFieldAs(SINCE);
  }
}
