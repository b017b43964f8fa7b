package dev.outflow.kafka.client;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.protocol.ApiKeys;

/** The generation of the Kafka client in use, which determines defaults and what can be asked. */
public enum ClientGeneration {
  /** The client of {@code outflow.jar}: brokers from 0.11, with transactions and headers. */
  CURRENT,

  /**
   * The client of {@code outflow-legacy.jar}, for brokers of 0.10 and for services that reset the
   * connections of newer clients. Its defaults are those that every broker supports.
   */
  LEGACY;

  /** The version of Produce that came with Kafka 0.11. */
  private static final short PRODUCE_WITH_TRANSACTIONS = 3;

  private static final ClientGeneration IN_USE =
      ApiKeys.PRODUCE.oldestVersion() < PRODUCE_WITH_TRANSACTIONS ? LEGACY : CURRENT;

  /** Returns the generation in use. */
  public static ClientGeneration current() {
    return IN_USE;
  }

  /** Returns whether outputs are exactly-once by default, and inputs read committed records. */
  public boolean isTransactional() {
    return this == CURRENT;
  }

  /** Returns whether interceptors can add metrics (KIP-877). */
  public boolean hasPluginMetrics() {
    return this == CURRENT;
  }

  /** Returns whether polled records come with the position after them (KIP-1094). */
  public boolean hasNextOffsets() {
    return this == CURRENT;
  }

  /** Returns whether all brokers that the client supports answer {@code Admin.listOffsets}. */
  public boolean hasAdminOffsets() {
    return this == CURRENT;
  }

  /** Returns defaults of consumers. */
  public Map<String, String> consumerDefaults() {
    return Map.of(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        isTransactional() ? "read_committed" : "read_uncommitted");
  }

  /** Returns defaults of producers; one with transactions has to be idempotent. */
  public Map<String, String> producerDefaults(boolean exactlyOnce) {
    return isTransactional() || exactlyOnce
        ? Map.of()
        : Map.of(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "false");
  }
}
