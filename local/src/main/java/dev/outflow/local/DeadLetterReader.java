package dev.outflow.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads committed dead letters, up to the end offsets of their topic when it was opened. */
final class DeadLetterReader implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> endOffsets;

  private DeadLetterReader(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> endOffsets) {
    this.consumer = consumer;
    this.endOffsets = endOffsets;
  }

  static DeadLetterReader open(DeadLetterTopicClient client) {
    Map<String, Object> properties = client.clientProperties(ConsumerConfig.configNames());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, client.replayGroup());
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(client.topic()).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    return new DeadLetterReader(consumer, consumer.endOffsets(partitions));
  }

  void seekToBeginning() {
    consumer.seekToBeginning(endOffsets.keySet());
  }

  /** Seeks to the committed offsets of the group, and to the beginning where it has none. */
  void seekToCommitted() {
    seekToBeginning();
    consumer
        .committed(endOffsets.keySet())
        .forEach(
            (partition, offset) -> {
              if (offset != null) {
                consumer.seek(partition, offset);
              }
            });
  }

  /**
   * Returns the next records; none at the end.
   *
   * @throws IllegalStateException if Kafka returns none for 30 s before the end
   */
  List<ConsumerRecord<byte[], byte[]>> next() {
    Instant deadline = Instant.now().plus(TIMEOUT);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    while (records.isEmpty() && !isAtEnd()) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(
            "no records received from Kafka for %d s".formatted(TIMEOUT.toSeconds()));
      }
      consumer.poll(POLL_TIMEOUT).forEach(records::add);
    }
    return records;
  }

  private boolean isAtEnd() {
    return endOffsets.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /** Returns the group whose committed offsets show how far replays have progressed. */
  ConsumerGroupMetadata group() {
    return consumer.groupMetadata();
  }

  /** Returns the offsets after the records that have been read. */
  Map<TopicPartition, OffsetAndMetadata> positions() {
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    endOffsets
        .keySet()
        .forEach(
            partition ->
                positions.put(partition, new OffsetAndMetadata(consumer.position(partition))));
    return positions;
  }

  /** Commits the offsets after the records that have been read. */
  void commit() {
    consumer.commitSync(positions());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
