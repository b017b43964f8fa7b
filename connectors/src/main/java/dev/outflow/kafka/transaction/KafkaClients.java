package dev.outflow.kafka.transaction;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Clients that ask about what a producer has written, connected and secured as that producer is.
 *
 * @param producer the producer's properties
 * @param patience how long any answer may take
 */
public record KafkaClients(Properties producer, Duration patience) {

  /** The same with other brokers. */
  KafkaClients at(String bootstrapServers) {
    Properties elsewhere = new Properties();
    elsewhere.putAll(producer);
    elsewhere.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return new KafkaClients(elsewhere, patience);
  }

  String bootstrapServers() {
    return producer.getProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);
  }

  /** For any question about the cluster. */
  public Admin admin() {
    return Admin.create(properties(AdminClientConfig.configNames()));
  }

  /** Of no group, and reads committed records only. */
  KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> properties = properties(ConsumerConfig.configNames());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** All but what only a producer knows; its interceptors are no others'. */
  private Map<String, Object> properties(Set<String> known) {
    Map<String, Object> properties = new HashMap<>();
    producer.forEach((key, value) -> properties.put((String) key, value));
    properties.remove(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
    properties
        .keySet()
        .removeIf(key -> ProducerConfig.configNames().contains(key) && !known.contains(key));
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
    return properties;
  }
}
