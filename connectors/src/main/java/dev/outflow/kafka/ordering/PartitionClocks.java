package dev.outflow.kafka.ordering;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The clocks of the partitions that one task reads. Which these are shows with their first records:
 * after a restart the others' clocks are known, too, and are kept by one of the tasks.
 */
final class PartitionClocks {
  private static final Comparator<PartitionClock.Reading> OLDEST_FIRST =
      Comparator.comparingLong(PartitionClock.Reading::arrival)
          .thenComparingLong(PartitionClock.Reading::latest)
          .thenComparingLong(PartitionClock.Reading::bound);

  private final EventOrdering ordering;
  private final Map<Integer, PartitionClock> running = new HashMap<>();
  private final Map<Integer, PartitionClock.Reading> restored = new HashMap<>();

  PartitionClocks(EventOrdering ordering) {
    this.ordering = ordering;
  }

  /** The clock of a partition, which goes on from where it was or begins. */
  PartitionClock of(int partition) {
    PartitionClock clock = running.get(partition);
    if (clock == null) {
      PartitionClock.Reading from = restored.get(partition);
      clock = from == null ? new PartitionClock(ordering) : new PartitionClock(ordering, from);
      running.put(partition, clock);
    }
    return clock;
  }

  /** Takes what {@link #snapshot} of any task gave; of several of one partition, the newest. */
  void restore(Iterable<long[]> snapshots) {
    for (long[] it : snapshots) {
      restored.merge(
          (int) it[0],
          new PartitionClock.Reading(it[1], it[2], it[3], it[4]),
          (one, other) -> OLDEST_FIRST.compare(one, other) < 0 ? other : one);
    }
  }

  /**
   * What to keep: partition, then the four times of its reading.
   *
   * @param withOthers whether to keep those of partitions that another task reads, or none yet
   */
  List<long[]> snapshot(boolean withOthers) {
    Map<Integer, PartitionClock.Reading> readings =
        withOthers ? new HashMap<>(restored) : new HashMap<>();
    running.forEach((partition, clock) -> readings.put(partition, clock.reading()));
    List<long[]> snapshots = new ArrayList<>();
    readings.forEach(
        (partition, it) ->
            snapshots.add(
                new long[] {
                  partition, it.latest(), it.arrivalAtLatest(), it.arrival(), it.bound()
                }));
    return snapshots;
  }
}
