package dev.outflow.kafka.input;

import dev.outflow.kafka.ContextClassLoader;
import dev.outflow.kafka.client.ClientGeneration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Offsets that a consumer asks for: Flink's own initializers ask an admin client, which Kafka 0.10
 * does not answer.
 *
 * @param properties the consumer's
 * @param time the first record with this timestamp in milliseconds or later; null for the end
 * @see ClientGeneration#hasAdminOffsets()
 */
record ConsumerOffsets(Properties properties, Long time) implements OffsetsInitializer {
  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever unused) {
    return ContextClassLoader.with(() -> offsets(partitions));
  }

  private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(partitions));
      if (time != null) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, time));
        consumer
            .offsetsForTimes(times)
            .forEach(
                (partition, found) -> offsets.compute(partition, (key, end) -> at(found, end)));
      }
      return offsets;
    }
  }

  private static long at(OffsetAndTimestamp found, long end) {
    return found == null ? end : found.offset();
  }

  @Override
  @SuppressWarnings("deprecation") // Flink's method requires Kafka's deprecated enum.
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.LATEST;
  }

  /** Leaves out the properties, any of which can be a secret. */
  @Override
  public String toString() {
    return "ConsumerOffsets[%s]".formatted(time == null ? "end" : time);
  }
}
