package dev.outflow.kafka.ordering;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Names of partitions, which identify them between the source and the operator that follows: {@code
 * orders-3}, as Kafka does. A partition always has the same string. Not thread-safe.
 */
final class PartitionNames implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Map<TopicPartition, String> names = new HashMap<>();
  private TopicPartition last;
  private String lastName;

  /** Returns the name of the partition of a record. */
  String of(ConsumerRecord<?, ?> record) {
    if (last == null
        || last.partition() != record.partition()
        || !last.topic().equals(record.topic())) {
      last = new TopicPartition(record.topic(), record.partition());
      lastName = names.computeIfAbsent(last, TopicPartition::toString);
    }
    return lastName;
  }

  /** Returns the partition of a name. */
  static TopicPartition parse(String name) {
    int end = name.lastIndexOf('-');
    return new TopicPartition(
        name.substring(0, end), Integer.parseInt(name, end + 1, name.length(), 10));
  }
}
