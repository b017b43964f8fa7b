package dev.outflow.kafka.ordering;

import dev.outflow.kafka.error.ErrorCode;

/**
 * The event time of one Kafka partition, by the rules of Azure Stream Analytics. A record's time is
 * adjusted in three steps; the last one that changes it is the reason reported.
 *
 * <ol>
 *   <li>Late: more than {@code late} behind arrival. It becomes arrival minus {@code late}.
 *   <li>Early: more than 5 min ahead of arrival. It becomes arrival plus 5 min.
 *   <li>Out of order: before {@link #bound}. It becomes the bound.
 * </ol>
 *
 * <p>The bound is the latest time so far, advanced by the arrival time that has passed since, minus
 * {@code out-of-order}; it never exceeds the latest time and never decreases. So a record that is
 * not older than the latest is never out of order, and no record is late for a watermark just below
 * the bound. An early record, whose sender's clock is wrong, advances its partition's time only to
 * its arrival.
 *
 * <p>The clock does not depend on the policy: {@code drop} drops exactly what {@code adjust}
 * adjusts. All times are ms since the epoch. Not thread-safe.
 */
final class PartitionClock {
  /** No bound and no watermark yet. */
  static final long NONE = Long.MIN_VALUE;

  private static final long EARLY = EventOrdering.EARLY.toMillis();

  private final long late;
  private final long outOfOrder;
  private long latest;
  private long arrivalAtLatest;
  private long arrival;
  private long bound;

  PartitionClock(EventOrdering ordering) {
    this(ordering, new Snapshot(NONE, NONE, NONE, NONE));
  }

  /** Continues from the snapshot of a clock of the same partition. */
  PartitionClock(EventOrdering ordering, Snapshot from) {
    late = ordering.late() == null ? Long.MAX_VALUE : ordering.late().toMillis();
    outOfOrder = ordering.outOfOrder().toMillis();
    latest = from.latest;
    arrivalAtLatest = from.arrivalAtLatest;
    arrival = from.arrival;
    bound = from.bound;
  }

  /**
   * Adjusts the time of the partition's next record.
   *
   * @param event its event time
   * @param arrived its arrival time
   * @param earliest the first time after the current watermark; {@link #NONE} without a watermark
   */
  AdjustedTime adjust(long event, long arrived, long earliest) {
    arrival = Math.max(arrival, arrived);
    advanceBound();
    AdjustedTime adjusted = clamp(event, arrived);
    if (adjusted.time() >= bound) {
      advanceTo(event > arrived + EARLY ? arrived : adjusted.time());
    }
    long floor = Math.max(bound, earliest);
    return adjusted.time() < floor
        ? AdjustedTime.adjusted(floor, ErrorCode.OUT_OF_ORDER)
        : adjusted;
  }

  private AdjustedTime clamp(long event, long arrived) {
    if (event < arrived - late) {
      return AdjustedTime.adjusted(arrived - late, ErrorCode.LATE_INPUT);
    }
    if (event > arrived + EARLY) {
      return AdjustedTime.adjusted(arrived + EARLY, ErrorCode.EARLY_INPUT);
    }
    return AdjustedTime.unchanged(event);
  }

  private void advanceTo(long time) {
    if (time > latest) {
      latest = time;
      arrivalAtLatest = arrival;
      advanceBound();
    }
  }

  private void advanceBound() {
    if (latest != NONE) {
      long passed = arrival - arrivalAtLatest;
      bound = Math.max(bound, latest + Math.min(0, passed - outOfOrder));
    }
  }

  /** The lower bound of the times of all later records; {@link #NONE} before the first. */
  long bound() {
    return bound;
  }

  /** The clock's current state. */
  Snapshot snapshot() {
    return new Snapshot(latest, arrivalAtLatest, arrival, bound);
  }

  /**
   * The complete state of a clock.
   *
   * @param latest the latest time
   * @param arrivalAtLatest the latest arrival when {@code latest} was reached
   * @param arrival the latest arrival
   * @param bound see {@link PartitionClock#bound}
   */
  record Snapshot(long latest, long arrivalAtLatest, long arrival, long bound) {}
}
