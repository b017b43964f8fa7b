package dev.outflow.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads committed dead letters up to the end of their topic as it is at the beginning. */
final class DeadLetterReader implements AutoCloseable {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final Duration A_MOMENT = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> ends;

  private DeadLetterReader(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    this.consumer = consumer;
    this.ends = ends;
  }

  static DeadLetterReader open(DeadLetterTopicClient kept) {
    Map<String, Object> properties = kept.clientProperties(ConsumerConfig.configNames());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, kept.replayGroup());
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) WAIT.toMillis());
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(kept.topic()).stream()
            .map(it -> new TopicPartition(it.topic(), it.partition()))
            .toList();
    consumer.assign(partitions);
    return new DeadLetterReader(consumer, consumer.endOffsets(partitions));
  }

  void fromTheBeginning() {
    consumer.seekToBeginning(ends.keySet());
  }

  /** Behind what its group has committed; from the beginning where it has not. */
  void fromWhereTheGroupIs() {
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(ends.keySet());
    Set<TopicPartition> fresh =
        ends.keySet().stream().filter(it -> committed.get(it) == null).collect(Collectors.toSet());
    consumer.seekToBeginning(fresh);
    committed.forEach(
        (partition, offset) -> {
          if (offset != null) {
            consumer.seek(partition, offset);
          }
        });
  }

  /**
   * Some more; none at the end.
   *
   * @throws IllegalStateException if Kafka gives none for 30 s although there are some
   */
  List<ConsumerRecord<byte[], byte[]>> next() {
    Instant deadline = Instant.now().plus(WAIT);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    while (records.isEmpty() && !isAtTheEnd()) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("Kafka sends nothing for %d s".formatted(WAIT.toSeconds()));
      }
      consumer.poll(A_MOMENT).forEach(records::add);
    }
    return records;
  }

  private boolean isAtTheEnd() {
    return ends.entrySet().stream().allMatch(it -> consumer.position(it.getKey()) >= it.getValue());
  }

  /** Whose offsets say how far it was replayed. */
  ConsumerGroupMetadata group() {
    return consumer.groupMetadata();
  }

  /** Behind what was read. */
  Map<TopicPartition, OffsetAndMetadata> positions() {
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    ends.keySet().forEach(it -> positions.put(it, new OffsetAndMetadata(consumer.position(it))));
    return positions;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
