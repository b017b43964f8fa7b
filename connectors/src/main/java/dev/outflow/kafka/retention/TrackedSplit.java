package dev.outflow.kafka.retention;

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.Uuid;

/**
 * The position in a partition, with what is needed to detect a loss after a restore. Two splits
 * with the same position are equal, as in Flink.
 */
final class TrackedSplit extends KafkaPartitionSplit {
  /** The timestamp of a partition of which no record was read. */
  static final long NOTHING_READ = -1;

  private final Uuid topicId;
  private final long lastRead;

  /**
   * Creates a split.
   *
   * @param topicId the id of the topic; {@link Uuid#ZERO_UUID} if the brokers do not report it
   * @param lastRead the timestamp of the last record before the position, in milliseconds
   */
  TrackedSplit(KafkaPartitionSplit position, Uuid topicId, long lastRead) {
    this(position, position.getStartingOffset(), topicId, lastRead);
  }

  private TrackedSplit(KafkaPartitionSplit position, long offset, Uuid topicId, long lastRead) {
    super(
        position.getTopicPartition(),
        offset,
        position.getStoppingOffset().orElse(KafkaPartitionSplit.NO_STOPPING_OFFSET));
    this.topicId = topicId;
    this.lastRead = lastRead;
  }

  /** Returns a split with what is known about it. */
  static TrackedSplit of(KafkaPartitionSplit split) {
    return split instanceof TrackedSplit tracked
        ? tracked
        : new TrackedSplit(split, Uuid.ZERO_UUID, NOTHING_READ);
  }

  /** Returns this split at another offset. */
  TrackedSplit at(long offset) {
    return new TrackedSplit(this, offset, topicId, lastRead);
  }

  Uuid topicId() {
    return topicId;
  }

  long lastRead() {
    return lastRead;
  }
}
