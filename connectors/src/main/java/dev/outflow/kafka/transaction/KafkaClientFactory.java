package dev.outflow.kafka.transaction;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Creates admin clients and consumers with a producer's connection and security settings.
 *
 * @param producer the producer's properties
 * @param timeout of each request; the producer's {@code max.block.ms} if that is shorter
 */
public record KafkaClientFactory(Properties producer, Duration timeout) {
  public KafkaClientFactory {
    Duration blocking = longestBlocking(producer);
    timeout = blocking.compareTo(timeout) < 0 ? blocking : timeout;
  }

  private static Duration longestBlocking(Properties producer) {
    Object value = producer.getOrDefault(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE);
    return Duration.ofMillis(
        (long) ConfigDef.parseType(ProducerConfig.MAX_BLOCK_MS_CONFIG, value, ConfigDef.Type.LONG));
  }

  /** Returns the factory for another cluster. */
  KafkaClientFactory withBootstrapServers(String bootstrapServers) {
    Properties properties = new Properties();
    properties.putAll(producer);
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return new KafkaClientFactory(properties, timeout);
  }

  String bootstrapServers() {
    return producer.getProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);
  }

  /** Creates an admin client. */
  public Admin admin() {
    return Admin.create(properties(AdminClientConfig.configNames()));
  }

  /** Asks the brokers for the id of their cluster. */
  String clusterId() throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      return admin.describeCluster().clusterId().get();
    }
  }

  /** Creates a read_committed consumer without a group. */
  KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> properties = properties(ConsumerConfig.configNames());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Drops properties that only producers support, and the producer's interceptors. */
  private Map<String, Object> properties(Set<String> supported) {
    Map<String, Object> properties = new HashMap<>();
    producer.forEach((key, value) -> properties.put((String) key, value));
    properties.remove(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
    properties
        .keySet()
        .removeIf(key -> ProducerConfig.configNames().contains(key) && !supported.contains(key));
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
    return properties;
  }
}
