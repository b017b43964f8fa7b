package dev.outflow.kafka.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.kafka.TopicSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Clocks across restarts, rescaling and reassignment of partitions. */
class PartitionClocksTest {
  private static final EventOrdering ORDERING =
      new EventOrdering(null, Duration.ofSeconds(8), OrderingPolicy.ADJUST);

  private static final TopicSubscription TOPICS = topics("orders", "returns");
  private final PartitionClocks first = new PartitionClocks(ORDERING, TOPICS);
  private final PartitionClocks second = new PartitionClocks(ORDERING, TOPICS);

  @Test
  void eachPartitionHasItsOwnClock() {
    read(first, "orders-0", 100_000);
    read(first, "orders-1", 50_000);
    assertThat(first.of("orders-0").bound()).isEqualTo(92_000);
    assertThat(first.of("orders-1").bound()).isEqualTo(42_000);
  }

  @Test
  void partitionsOfSeveralTopicsKeepTheirClocksWhenTopicsAreAddedOrReordered() {
    read(first, "orders-1", 100_000);
    read(first, "returns-1", 50_000);

    PartitionClocks clocks = new PartitionClocks(ORDERING, topics("orders", "refunds", "returns"));
    clocks.restore(all());
    assertThat(clocks.of("orders-1").bound()).isEqualTo(92_000);
    assertThat(clocks.of("returns-1").bound()).isEqualTo(42_000);
    assertThat(clocks.of("refunds-1").bound()).isEqualTo(PartitionClock.NONE);
  }

  @Test
  void forgetsThePartitionsOfATopicThatIsRemoved() {
    read(first, "orders-1", 100_000);
    read(first, "returns-1", 50_000);

    PartitionClocks clocks = new PartitionClocks(ORDERING, topics("orders"));
    clocks.restore(all());
    assertThat(clocks.snapshot(true))
        .singleElement()
        .isEqualTo(new long[] {1, 100_000, 100_000, 100_000, 92_000});
  }

  @Test
  void partitionContinuesInAnotherSubtask() {
    read(first, "orders-0", 100_000);
    read(second, "orders-1", 50_000);
    PartitionClocks only = restored(all());
    assertThat(only.of("orders-0").bound()).isEqualTo(92_000);
    assertThat(only.of("orders-1").bound()).isEqualTo(42_000);
  }

  @Test
  void partitionNotReadSinceTheRestartIsNotForgotten() {
    read(first, "orders-0", 100_000);
    List<long[]> state = all();
    first.restore(state);
    second.restore(state);
    assertThat(restored(all()).of("orders-0").bound()).isEqualTo(92_000);
  }

  @Test
  void activeClockWinsOverTheCopyKeptByTheFirstSubtask() {
    read(first, "orders-0", 100_000);
    List<long[]> state = all();
    PartitionClocks keeper = restored(state);
    PartitionClocks reader = restored(state);
    read(reader, "orders-0", 200_000);
    state = new ArrayList<>(keeper.snapshot(true));
    state.addAll(reader.snapshot(false));
    assertThat(restored(state).of("orders-0").bound()).isEqualTo(192_000);
  }

  @Test
  void stateDoesNotGrowWithRestarts() {
    List<long[]> state = List.of();
    for (int restart = 0; restart < 10; restart++) {
      PartitionClocks one = restored(state);
      PartitionClocks other = restored(state);
      read(one, "orders-0", 100_000 + restart);
      read(other, "orders-1", 100_000 + restart);
      state = new ArrayList<>(one.snapshot(true));
      state.addAll(other.snapshot(false));
      assertThat(state).hasSizeLessThanOrEqualTo(3);
    }
  }

  @Test
  void partitionsOfAPatternKeepTheirClocks() {
    TopicSubscription pattern = new TopicSubscription.TopicPattern(Pattern.compile("orders-.*"));
    PartitionClocks read = new PartitionClocks(ORDERING, pattern);
    read(read, "orders-eu-10", 100_000);

    PartitionClocks clocks = new PartitionClocks(ORDERING, pattern);
    clocks.restore(read.snapshot(true));

    assertThat(clocks.of("orders-eu-10").bound()).isEqualTo(92_000);
    assertThat(clocks.of("orders-us-10").bound()).isEqualTo(PartitionClock.NONE);
  }

  private static TopicSubscription topics(String... names) {
    return new TopicSubscription.Topics(List.of(names));
  }

  private List<long[]> all() {
    List<long[]> all = new ArrayList<>(first.snapshot(true));
    all.addAll(second.snapshot(false));
    return all;
  }

  private static PartitionClocks restored(List<long[]> state) {
    PartitionClocks clocks = new PartitionClocks(ORDERING, TOPICS);
    clocks.restore(state);
    return clocks;
  }

  private static void read(PartitionClocks clocks, String partition, long time) {
    clocks.of(partition).adjust(time, time, PartitionClock.NONE);
  }
}
