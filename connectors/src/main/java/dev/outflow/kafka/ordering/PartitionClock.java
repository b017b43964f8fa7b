package dev.outflow.kafka.ordering;

import dev.outflow.kafka.error.ErrorCode;

/**
 * The time of one Kafka partition, by the rules of Azure Stream Analytics. A record is placed in
 * three steps; the last that changes its time is the reason that is told.
 *
 * <ol>
 *   <li>Late: more than {@code late} behind its arrival. It gets arrival minus {@code late}.
 *   <li>Early: more than 5 min ahead of its arrival. It gets arrival plus 5 min.
 *   <li>Out of order: behind {@link #bound}. It gets that.
 * </ol>
 *
 * <p>The bound is the latest time so far, moved on by the arrival time that has passed since, minus
 * {@code out-of-order}; it is never beyond the latest time, and never moves back. So a record that
 * is not behind the latest is never out of order, and a watermark just before the bound has no late
 * records behind it. An early record, whose sender's clock is wrong, moves the time of its
 * partition no further than to its arrival.
 *
 * <p>The policy makes no difference to the clock: what {@code drop} drops is what {@code adjust}
 * adjusts. All times are ms since 1970. Not for several threads.
 */
final class PartitionClock {
  /** Before everything: no bound yet, nothing promised. */
  static final long NONE = Long.MIN_VALUE;

  private static final long EARLY = EventOrdering.EARLY.toMillis();

  private final long late;
  private final long outOfOrder;
  private long latest;
  private long arrivalAtLatest;
  private long arrival;
  private long bound;

  PartitionClock(EventOrdering ordering) {
    this(ordering, new Reading(NONE, NONE, NONE, NONE));
  }

  /** Goes on from what another clock of the same partition has shown. */
  PartitionClock(EventOrdering ordering, Reading from) {
    late = ordering.late() == null ? Long.MAX_VALUE : ordering.late().toMillis();
    outOfOrder = ordering.outOfOrder().toMillis();
    latest = from.latest;
    arrivalAtLatest = from.arrivalAtLatest;
    arrival = from.arrival;
    bound = from.bound;
  }

  /**
   * Places the next record of the partition.
   *
   * @param event its own time
   * @param arrived its arrival
   * @param floor the first time that has not been promised to be over; {@link #NONE} if none has
   */
  AdjustedTime place(long event, long arrived, long floor) {
    arrival = Math.max(arrival, arrived);
    moveBound();
    AdjustedTime placed = near(event, arrived);
    if (placed.time() >= bound) {
      moveTo(event > arrived + EARLY ? arrived : placed.time());
    }
    long earliest = Math.max(bound, floor);
    return placed.time() < earliest
        ? AdjustedTime.because(ErrorCode.OUT_OF_ORDER, earliest)
        : placed;
  }

  private AdjustedTime near(long event, long arrived) {
    if (event < arrived - late) {
      return AdjustedTime.because(ErrorCode.LATE_INPUT, arrived - late);
    }
    if (event > arrived + EARLY) {
      return AdjustedTime.because(ErrorCode.EARLY_INPUT, arrived + EARLY);
    }
    return AdjustedTime.asItIs(event);
  }

  private void moveTo(long time) {
    if (time > latest) {
      latest = time;
      arrivalAtLatest = arrival;
      moveBound();
    }
  }

  private void moveBound() {
    if (latest != NONE) {
      long passed = arrival - arrivalAtLatest;
      bound = Math.max(bound, latest + Math.min(0, passed - outOfOrder));
    }
  }

  /** No later record gets a time before this; {@link #NONE} before the first. */
  long bound() {
    return bound;
  }

  /** What it shows now. */
  Reading reading() {
    return new Reading(latest, arrivalAtLatest, arrival, bound);
  }

  /**
   * All that a clock knows.
   *
   * @param latest the latest time
   * @param arrivalAtLatest the latest arrival when that came
   * @param arrival the latest arrival
   * @param bound as {@link PartitionClock#bound}
   */
  record Reading(long latest, long arrivalAtLatest, long arrival, long bound) {}
}
