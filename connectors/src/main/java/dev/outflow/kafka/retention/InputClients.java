package dev.outflow.kafka.retention;

import dev.outflow.kafka.ContextClassLoader;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Creates clients with the connection and security settings of an input.
 *
 * @param consumer the properties of the input's consumer
 */
record InputClients(Properties consumer) {
  private static final String DISCOVERY_INTERVAL = "partition.discovery.interval.ms";
  private static final Duration INTERVAL = Duration.ofSeconds(20);

  /** Of each request, unless {@code kafka.*} sets it. */
  private static final int TIMEOUT_MS = (int) Duration.ofSeconds(30).toMillis();

  /**
   * Returns how often topics are compared: at least every 20 s, or as often as the source looks for
   * new ones.
   */
  Duration interval() {
    long discovery = Long.parseLong(consumer.getProperty(DISCOVERY_INTERVAL, "0"));
    return discovery > 0 && discovery < INTERVAL.toMillis()
        ? Duration.ofMillis(discovery)
        : INTERVAL;
  }

  String bootstrapServers() {
    return consumer.getProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG);
  }

  Admin admin() {
    Map<String, Object> properties = properties();
    Set<String> supported = AdminClientConfig.configNames();
    properties
        .keySet()
        .removeIf(key -> ConsumerConfig.configNames().contains(key) && !supported.contains(key));
    return ContextClassLoader.with(() -> Admin.create(properties));
  }

  /**
   * Creates a consumer that does not read records. It has the input's group only to look up what
   * the group has committed, and sees the end of the log behind open transactions.
   */
  Consumer<byte[], byte[]> offsetConsumer() {
    return consumer(Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted"));
  }

  /** Creates a consumer that reads the input's records one by one. */
  Consumer<byte[], byte[]> recordConsumer() {
    return consumer(Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1));
  }

  private Consumer<byte[], byte[]> consumer(Map<String, Object> changed) {
    Map<String, Object> properties = properties();
    properties.putAll(changed);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    return ContextClassLoader.with(
        () ->
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>();
    consumer.forEach((key, value) -> properties.put((String) key, value));
    properties.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    return properties;
  }

  /** Leaves out the properties, any of which can be a secret. */
  @Override
  public String toString() {
    return "InputClients[%s]".formatted(bootstrapServers());
  }
}
