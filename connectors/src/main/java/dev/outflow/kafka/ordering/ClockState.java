package dev.outflow.kafka.ordering;

import java.util.Arrays;
import java.util.Optional;

/**
 * The state of a partition's clock in a savepoint: the partition and four times. The characters of
 * its topic follow, unless it is the input's first topic, so that adding topics keeps the state.
 */
record ClockState(PartitionTags tags) {
  private static final int TOPIC = 5;

  long[] write(int tag, PartitionClock.Snapshot clock) {
    String topic = tags.isOfFirst(tag) ? "" : tags.topic(tag);
    long[] state = new long[TOPIC + topic.length()];
    state[0] = tags.partition(tag);
    state[1] = clock.latest();
    state[2] = clock.arrivalAtLatest();
    state[3] = clock.arrival();
    state[4] = clock.bound();
    for (int i = 0; i < topic.length(); i++) {
      state[TOPIC + i] = topic.charAt(i);
    }
    return state;
  }

  /** Returns the partition's number; empty if the input does not read its topic anymore. */
  Optional<Integer> tag(long[] state) {
    String topic = topic(state);
    return tags.has(topic) ? Optional.of(tags.of(topic, (int) state[0])) : Optional.empty();
  }

  private String topic(long[] state) {
    if (state.length == TOPIC) {
      return tags.topics().get(0);
    }
    StringBuilder topic = new StringBuilder();
    Arrays.stream(state).skip(TOPIC).forEach(character -> topic.append((char) character));
    return topic.toString();
  }

  static PartitionClock.Snapshot clock(long[] state) {
    return new PartitionClock.Snapshot(state[1], state[2], state[3], state[4]);
  }
}
