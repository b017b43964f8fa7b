package dev.outflow.kafka.silence;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The progress of the partitions that are assigned to one subtask of a source. */
final class SubtaskProgress {
  private final Map<TopicPartition, PartitionProgress> partitions = new ConcurrentHashMap<>();
  private PartitionProgress current;

  /** Assigns a partition, unless it is assigned already. */
  void assign(TopicPartition partition, long start, long now) {
    partitions.putIfAbsent(partition, new PartitionProgress(partition, start, now));
  }

  Collection<PartitionProgress> partitions() {
    return List.copyOf(partitions.values());
  }

  /** Marks the partition of the record that is passed on next. */
  void emitting(ConsumerRecord<?, ?> record) {
    if (current == null
        || current.partition().partition() != record.partition()
        || !current.partition().topic().equals(record.topic())) {
      current = partitions.get(new TopicPartition(record.topic(), record.partition()));
    }
  }

  /** Reports that the record was passed on. */
  void emitted(ConsumerRecord<?, ?> record, long now) {
    if (current != null) {
      current.emitted(record, now);
    }
  }

  /** Returns the partition of the record that is being passed on; null for an unknown one. */
  PartitionProgress current() {
    return current;
  }

  /** Returns the partitions without a record so far. */
  List<PartitionProgress> unread() {
    return partitions.values().stream().filter(PartitionProgress::isUnread).toList();
  }

  /**
   * Returns the lowest watermark of all partitions; {@link PartitionProgress#NONE} if one has none.
   */
  long lowestWatermark(long distance) {
    return partitions.values().stream()
        .mapToLong(partition -> partition.watermark(distance))
        .min()
        .orElse(PartitionProgress.NONE);
  }
}
