package dev.outflow.sampling.column;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * How far the event time of 99.9 % of a sample's rows is from their arrival and from their order.
 *
 * @param late how far event time is behind arrival, the timestamp of the record
 * @param outOfOrder how far event time is behind the latest one before it in its partition
 * @param early how far event time is ahead of arrival
 */
record Disorder(Duration late, Duration outOfOrder, Duration early) {
  private static final double KEPT = 0.999;

  /**
   * Measures rows.
   *
   * @param rows in the order of their offsets in each partition; at least one
   * @param eventTime returns the event time of a row, in milliseconds
   */
  static Disorder of(List<SampleRow> rows, ToLongFunction<SampleRow> eventTime) {
    Map<Integer, Long> latest = new HashMap<>();
    List<Long> late = new ArrayList<>();
    List<Long> early = new ArrayList<>();
    List<Long> behind = new ArrayList<>();
    for (SampleRow row : rows) {
      long time = eventTime.applyAsLong(row);
      long before = latest.merge(row.partition(), time, Math::max);
      late.add(Math.max(0, row.arrival() - time));
      early.add(Math.max(0, time - row.arrival()));
      behind.add(before - time);
    }
    return new Disorder(kept(late), kept(behind), kept(early));
  }

  private static Duration kept(List<Long> millis) {
    List<Long> sorted = millis.stream().sorted().toList();
    return Duration.ofMillis(sorted.get((int) Math.ceil(KEPT * sorted.size()) - 1));
  }
}
