package dev.outflow.kafka.ordering;

import dev.outflow.kafka.TopicSubscription;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * The state of a partition's clock in a savepoint: the partition and four times. The characters of
 * its topic follow, unless it is the input's first topic, so that adding topics keeps the state.
 */
record ClockState(TopicSubscription topics) {
  private static final int TOPIC = 5;

  long[] write(TopicPartition partition, PartitionClock.Snapshot clock) {
    String topic = isOfFirst(partition) ? "" : partition.topic();
    long[] state = new long[TOPIC + topic.length()];
    state[0] = partition.partition();
    state[1] = clock.latest();
    state[2] = clock.arrivalAtLatest();
    state[3] = clock.arrival();
    state[4] = clock.bound();
    for (int i = 0; i < topic.length(); i++) {
      state[TOPIC + i] = topic.charAt(i);
    }
    return state;
  }

  private boolean isOfFirst(TopicPartition partition) {
    return topics.first().filter(partition.topic()::equals).isPresent();
  }

  /** Returns the partition; empty if the input does not read its topic anymore. */
  Optional<TopicPartition> partition(long[] state) {
    return topic(state)
        .filter(topics::contains)
        .map(topic -> new TopicPartition(topic, (int) state[0]));
  }

  private Optional<String> topic(long[] state) {
    if (state.length == TOPIC) {
      return topics.first();
    }
    StringBuilder topic = new StringBuilder();
    Arrays.stream(state).skip(TOPIC).forEach(character -> topic.append((char) character));
    return Optional.of(topic.toString());
  }

  static PartitionClock.Snapshot clock(long[] state) {
    return new PartitionClock.Snapshot(state[1], state[2], state[3], state[4]);
  }
}
