package dev.outflow.kafka.silence;

import dev.outflow.kafka.ContextClassLoader;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Asks with Kafka consumers: one that sees open transactions, and, only where offsets differ, one
 * that reads like the source. Neither joins the consumer group nor commits.
 */
final class ConsumedEnds implements PartitionEnds {
  static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration FETCH = Duration.ofMillis(500);

  private final Properties properties;
  private final Duration atMost;
  private final KafkaConsumer<byte[], byte[]> all;
  private KafkaConsumer<byte[], byte[]> asSource;

  /**
   * @param properties those of the source's consumer
   * @param atMost how long to wait for an answer
   */
  ConsumedEnds(Properties properties, String clientId, Duration atMost) {
    this.atMost = atMost;
    this.properties = new Properties();
    this.properties.putAll(properties);
    this.properties.putAll(
        Map.of(
            ConsumerConfig.CLIENT_ID_CONFIG, clientId,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1",
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "65536"));
    this.properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    this.properties.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
    Properties uncommitted = new Properties();
    uncommitted.putAll(this.properties);
    uncommitted.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
    this.all = connect(uncommitted);
  }

  private static KafkaConsumer<byte[], byte[]> connect(Properties properties) {
    return ContextClassLoader.with(
        () ->
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  @Override
  public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return all.endOffsets(partitions, atMost);
  }

  @Override
  public Content between(TopicPartition partition, long from, long to) {
    long first = first(partition, from);
    if (first < 0) {
      return Content.UNDECIDED;
    }
    if (first >= to) {
      return Content.NOTHING;
    }
    if (asSource == null) {
      asSource = connect(properties);
    }
    asSource.assign(List.of(partition));
    asSource.seek(partition, first);
    for (long before = -1, position = first; position > before; ) {
      before = position;
      if (!asSource.poll(FETCH).isEmpty()) {
        return Content.RECORDS;
      }
      position = asSource.position(partition, atMost);
      if (position >= to) {
        return Content.NOTHING;
      }
    }
    return Content.UNDECIDED; // An open transaction stops the consumer.
  }

  /** Returns the first offset that still exists; -1 if the start of the source is unknown. */
  private long first(TopicPartition partition, long from) {
    long beginning = all.beginningOffsets(List.of(partition), atMost).get(partition);
    if (from >= 0) {
      return Math.max(from, beginning);
    }
    if (from == KafkaPartitionSplit.EARLIEST_OFFSET) {
      return beginning;
    }
    if (from == KafkaPartitionSplit.COMMITTED_OFFSET) {
      OffsetAndMetadata committed = all.committed(Set.of(partition), atMost).get(partition);
      return committed == null ? beginning : Math.max(committed.offset(), beginning);
    }
    return -1;
  }

  @Override
  public void close() {
    all.close();
    if (asSource != null) {
      asSource.close();
    }
  }
}
