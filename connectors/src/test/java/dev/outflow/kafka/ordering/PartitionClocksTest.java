package dev.outflow.kafka.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clocks across restarts, rescaling and reassignment of partitions. */
class PartitionClocksTest {
  private static final EventOrdering ORDERING =
      new EventOrdering(null, Duration.ofSeconds(8), OrderingPolicy.ADJUST);

  private static final PartitionTags TAGS = new PartitionTags(List.of("orders", "returns"));
  private final PartitionClocks first = new PartitionClocks(ORDERING, TAGS);
  private final PartitionClocks second = new PartitionClocks(ORDERING, TAGS);

  @Test
  void eachPartitionHasItsOwnClock() {
    read(first, 0, 100_000);
    read(first, 1, 50_000);
    assertThat(first.of(0).bound()).isEqualTo(92_000);
    assertThat(first.of(1).bound()).isEqualTo(42_000);
  }

  @Test
  void partitionsOfSeveralTopicsKeepTheirClocksWhenTopicsAreAddedOrReordered() {
    read(first, TAGS.of("orders", 1), 100_000);
    read(first, TAGS.of("returns", 1), 50_000);

    PartitionTags more = new PartitionTags(List.of("orders", "refunds", "returns"));
    PartitionClocks clocks = new PartitionClocks(ORDERING, more);
    clocks.restore(all());
    assertThat(clocks.of(more.of("orders", 1)).bound()).isEqualTo(92_000);
    assertThat(clocks.of(more.of("returns", 1)).bound()).isEqualTo(42_000);
    assertThat(clocks.of(more.of("refunds", 1)).bound()).isEqualTo(PartitionClock.NONE);
  }

  @Test
  void forgetsThePartitionsOfATopicThatIsRemoved() {
    read(first, TAGS.of("orders", 1), 100_000);
    read(first, TAGS.of("returns", 1), 50_000);

    PartitionClocks clocks = new PartitionClocks(ORDERING, new PartitionTags(List.of("orders")));
    clocks.restore(all());
    assertThat(clocks.snapshot(true))
        .singleElement()
        .isEqualTo(new long[] {1, 100_000, 100_000, 100_000, 92_000});
  }

  @Test
  void partitionContinuesInAnotherSubtask() {
    read(first, 0, 100_000);
    read(second, 1, 50_000);
    PartitionClocks only = restored(all());
    assertThat(only.of(0).bound()).isEqualTo(92_000);
    assertThat(only.of(1).bound()).isEqualTo(42_000);
  }

  @Test
  void partitionNotReadSinceTheRestartIsNotForgotten() {
    read(first, 0, 100_000);
    List<long[]> state = all();
    first.restore(state);
    second.restore(state);
    assertThat(restored(all()).of(0).bound()).isEqualTo(92_000);
  }

  @Test
  void activeClockWinsOverTheCopyKeptByTheFirstSubtask() {
    read(first, 0, 100_000);
    List<long[]> state = all();
    PartitionClocks keeper = restored(state);
    PartitionClocks reader = restored(state);
    read(reader, 0, 200_000);
    state = new ArrayList<>(keeper.snapshot(true));
    state.addAll(reader.snapshot(false));
    assertThat(restored(state).of(0).bound()).isEqualTo(192_000);
  }

  @Test
  void stateDoesNotGrowWithRestarts() {
    List<long[]> state = List.of();
    for (int restart = 0; restart < 10; restart++) {
      PartitionClocks one = restored(state);
      PartitionClocks other = restored(state);
      read(one, 0, 100_000 + restart);
      read(other, 1, 100_000 + restart);
      state = new ArrayList<>(one.snapshot(true));
      state.addAll(other.snapshot(false));
      assertThat(state).hasSizeLessThanOrEqualTo(3);
    }
  }

  private List<long[]> all() {
    List<long[]> all = new ArrayList<>(first.snapshot(true));
    all.addAll(second.snapshot(false));
    return all;
  }

  private static PartitionClocks restored(List<long[]> state) {
    PartitionClocks clocks = new PartitionClocks(ORDERING, TAGS);
    clocks.restore(state);
    return clocks;
  }

  private static void read(PartitionClocks clocks, int partition, long time) {
    clocks.of(partition).adjust(time, time, PartitionClock.NONE);
  }
}
