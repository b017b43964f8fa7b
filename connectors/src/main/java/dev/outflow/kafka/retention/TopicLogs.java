package dev.outflow.kafka.retention;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * The topics of an input as their brokers describe them.
 *
 * @param byTopic each topic that was asked about
 */
record TopicLogs(Map<String, TopicLog> byTopic) {
  /** See {@link TopicLog#start}. */
  Optional<Long> start(TrackedSplit split, Long committed) {
    return log(split.getTopicPartition()).start(split, committed);
  }

  /** See {@link TopicLog#lost}. */
  Optional<LostInput> lost(TrackedSplit position) {
    return log(position.getTopicPartition()).lost(position);
  }

  /** Returns whether a partition exists. */
  boolean has(TopicPartition partition) {
    return log(partition).has(partition);
  }

  /** Returns the id of a partition's topic. */
  Uuid id(TopicPartition partition) {
    return log(partition).id();
  }

  private TopicLog log(TopicPartition partition) {
    return byTopic.get(partition.topic());
  }
}
