package dev.outflow.kafka.ordering;

import dev.outflow.kafka.TopicSubscription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The clocks of the partitions that one subtask reads. A partition's first record reveals that this
 * subtask reads it; after a restart each subtask holds all clocks, and the first one keeps those
 * that no subtask has read yet.
 */
final class PartitionClocks {
  private static final Comparator<PartitionClock.Snapshot> OLDEST_FIRST =
      Comparator.comparingLong(PartitionClock.Snapshot::arrival)
          .thenComparingLong(PartitionClock.Snapshot::latest)
          .thenComparingLong(PartitionClock.Snapshot::bound);

  private final EventOrdering ordering;
  private final ClockState stored;
  private final Map<String, PartitionClock> active = new HashMap<>();
  private final Map<TopicPartition, PartitionClock.Snapshot> restored = new HashMap<>();

  PartitionClocks(EventOrdering ordering, TopicSubscription topics) {
    this.ordering = ordering;
    this.stored = new ClockState(topics);
  }

  /** The clock of a partition, by its {@link PartitionNames name}: restored, or new. */
  PartitionClock of(String partition) {
    PartitionClock clock = active.get(partition);
    if (clock == null) {
      PartitionClock.Snapshot from = restored.get(PartitionNames.parse(partition));
      clock = from == null ? new PartitionClock(ordering) : new PartitionClock(ordering, from);
      active.put(partition, clock);
    }
    return clock;
  }

  /** Restores the snapshots of all subtasks; of several of one partition, the newest. */
  void restore(Iterable<long[]> snapshots) {
    for (long[] state : snapshots) {
      stored
          .partition(state)
          .ifPresent(
              partition ->
                  restored.merge(
                      partition,
                      ClockState.clock(state),
                      (one, other) -> OLDEST_FIRST.compare(one, other) < 0 ? other : one));
    }
  }

  /**
   * Returns the state of each clock to store.
   *
   * @param includeUnread whether to include partitions that this subtask has not read from
   */
  List<long[]> snapshot(boolean includeUnread) {
    Map<TopicPartition, PartitionClock.Snapshot> clocks =
        includeUnread ? new HashMap<>(restored) : new HashMap<>();
    active.forEach(
        (partition, clock) -> clocks.put(PartitionNames.parse(partition), clock.snapshot()));
    List<long[]> states = new ArrayList<>();
    clocks.forEach((partition, clock) -> states.add(stored.write(partition, clock)));
    return states;
  }
}
