package dev.outflow.kafka.retention;

import dev.outflow.kafka.client.ClientGeneration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * The positions of a reader's consumer. Flink's reader knows the offset after the last record only;
 * the consumer is ahead of it by transaction markers and aborted records, which an operator would
 * otherwise be told are lost.
 */
final class ReadPositions {
  /** What may create consumers. */
  @FunctionalInterface
  interface Action<E extends Exception> {
    void run() throws E;
  }

  /** The positions of the reader that creates a consumer in this thread. */
  private static final ThreadLocal<ReadPositions> CREATING = new ThreadLocal<>();

  /**
   * What a consumer has returned.
   *
   * @param topicId the id of the topic
   * @param afterLastRecord the offset after the last record
   * @param next the offset of the next fetch, after transaction markers and aborted records
   * @param lastRead the timestamp of the last record in milliseconds
   */
  private record Fetched(Uuid topicId, long afterLastRecord, long next, long lastRead) {
    Fetched upTo(ConsumerRecord<?, ?> record) {
      long after = record.offset() + 1;
      return new Fetched(topicId, after, after, record.timestamp());
    }

    Fetched advancedTo(long offset) {
      return new Fetched(topicId, afterLastRecord, offset, lastRead);
    }

    TrackedSplit track(KafkaPartitionSplit reader) {
      TrackedSplit split = new TrackedSplit(reader, topicId, lastRead);
      return reader.getStartingOffset() == afterLastRecord ? split.at(next) : split;
    }
  }

  private final ConcurrentMap<TopicPartition, Fetched> fetched = new ConcurrentHashMap<>();

  /** Runs an action. Consumers that it creates in this thread report their positions here. */
  <E extends Exception> void creatingConsumers(Action<E> action) throws E {
    CREATING.set(this);
    try {
      action.run();
    } finally {
      CREATING.remove();
    }
  }

  /** Returns the positions for a consumer that this thread creates, unless no reader needs them. */
  static ReadPositions ofNewConsumer() {
    ReadPositions positions = CREATING.get();
    return positions == null ? new ReadPositions() : positions;
  }

  /** Starts at the position of a split. */
  void start(TrackedSplit split) {
    long offset = split.getStartingOffset();
    fetched.put(
        split.getTopicPartition(), new Fetched(split.topicId(), offset, offset, split.lastRead()));
  }

  /** Notes what a consumer returns. */
  void fetched(ConsumerRecords<?, ?> records) {
    for (TopicPartition partition : records.partitions()) {
      List<? extends ConsumerRecord<?, ?>> all = records.records(partition);
      fetched.computeIfPresent(partition, (key, last) -> last.upTo(all.get(all.size() - 1)));
    }
    if (ClientGeneration.current().hasNextOffsets()) {
      records
          .nextOffsets()
          .forEach(
              (partition, next) ->
                  fetched.computeIfPresent(
                      partition, (key, last) -> last.advancedTo(next.offset())));
    }
  }

  /**
   * Returns the position of Flink's reader, moved to that of the consumer if the reader has emitted
   * all records that the consumer returned.
   */
  KafkaPartitionSplit track(KafkaPartitionSplit reader) {
    Fetched last = fetched.get(reader.getTopicPartition());
    return last == null ? reader : last.track(reader);
  }
}
