package dev.outflow.kafka.retention;

import java.util.Map;
import java.util.Optional;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * A topic as its brokers describe it.
 *
 * @param id its id; {@link Uuid#ZERO_UUID} if the brokers have none (before Kafka 2.8)
 * @param partitions how many it has; 0 if it does not exist
 * @param ranges the offsets of partitions; those of a partition without a leader are missing
 * @param retention how long it keeps records; empty if that was not asked
 */
record TopicLog(
    Uuid id,
    int partitions,
    Map<TopicPartition, Range> ranges,
    Optional<TopicRetention> retention) {

  /**
   * The offsets of a partition.
   *
   * @param first the offset of the first record that is left, or the end if none is
   * @param end the offset after the last record, committed or not
   */
  record Range(long first, long end) {}

  boolean has(TopicPartition partition) {
    return partition.partition() < partitions;
  }

  Optional<Range> range(TopicPartition partition) {
    return Optional.ofNullable(ranges.get(partition));
  }

  /** Returns the first offset that is left; 0, where a partition begins, if that is unknown. */
  long first(TopicPartition partition) {
    return range(partition).map(Range::first).orElse(0L);
  }

  /**
   * Returns the offset for a partition that was not read yet, if it has to start at its first or
   * last record or at the committed offset and that is known.
   *
   * @param committed the offset that the consumer group has committed; null if it has none
   */
  @SuppressWarnings("deprecation") // Savepoints of older versions contain LATEST_OFFSET.
  Optional<Long> start(TrackedSplit split, Long committed) {
    TopicPartition partition = split.getTopicPartition();
    long offset = split.getStartingOffset();
    if (offset == KafkaPartitionSplit.COMMITTED_OFFSET && committed != null) {
      return Optional.of(committed);
    }
    if (offset == KafkaPartitionSplit.EARLIEST_OFFSET
        || offset == KafkaPartitionSplit.COMMITTED_OFFSET) {
      return range(partition).map(Range::first);
    }
    return offset == KafkaPartitionSplit.LATEST_OFFSET
        ? range(partition).map(Range::end)
        : Optional.empty();
  }

  /** Returns what is lost for a job that has read up to a position. */
  Optional<LostInput> lost(TrackedSplit position) {
    TopicPartition partition = position.getTopicPartition();
    long next = position.getStartingOffset();
    if (next < 0) {
      return Optional.empty(); // Not read yet.
    }
    if (isOther(position.topicId())) {
      return Optional.of(
          new LostInput.RecreatedTopic(partition, next, first(partition), position.topicId(), id));
    }
    if (!has(partition)) {
      return Optional.of(new LostInput.DeletedPartition(partition, next));
    }
    return range(partition).flatMap(range -> lost(position, range));
  }

  private static Optional<LostInput> lost(TrackedSplit position, Range range) {
    TopicPartition partition = position.getTopicPartition();
    long next = position.getStartingOffset();
    if (next < range.first()) {
      return Optional.of(
          new LostInput.DeletedRecords(partition, next, range.first(), position.lastRead(), -1));
    }
    return next > range.end()
        ? Optional.of(new LostInput.BeyondEnd(partition, next, range.first(), range.end()))
        : Optional.empty();
  }

  private boolean isOther(Uuid known) {
    return !known.equals(Uuid.ZERO_UUID) && !id.equals(Uuid.ZERO_UUID) && !known.equals(id);
  }
}
