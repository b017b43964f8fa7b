package dev.outflow.kafka.ordering;

import java.io.Serializable;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Numbers for the partitions of an input, which identify them between the source and the operator
 * that follows. Those of the first topic are their own numbers.
 *
 * @param topics the input's topics
 */
public record PartitionTags(List<String> topics) implements Serializable {
  /** More partitions than a cluster can have. */
  private static final int PARTITIONS = 1 << 20;

  public PartitionTags {
    topics = List.copyOf(topics);
  }

  int of(ConsumerRecord<?, ?> record) {
    return of(record.topic(), record.partition());
  }

  /** Returns the number of a partition. */
  int of(String topic, int partition) {
    return topics.indexOf(topic) * PARTITIONS + partition;
  }

  /** Returns whether the input has this topic. */
  boolean has(String topic) {
    return topics.contains(topic);
  }

  String topic(int tag) {
    return topics.get(tag / PARTITIONS);
  }

  int partition(int tag) {
    return tag % PARTITIONS;
  }

  /** Returns whether a partition belongs to the first topic. */
  boolean isOfFirst(int tag) {
    return tag < PARTITIONS;
  }
}
