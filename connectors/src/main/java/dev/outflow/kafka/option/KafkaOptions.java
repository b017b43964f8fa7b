package dev.outflow.kafka.option;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options that a Kafka output and a Kafka input share, named as in job.yaml. */
public final class KafkaOptions {
  /** What stands before a property of Kafka's own client: {@code kafka.linger.ms}. */
  public static final String KAFKA_PREFIX = "kafka.";

  public static final ConfigOption<String> BOOTSTRAP_SERVERS =
      ConfigOptions.key("bootstrap-servers")
          .stringType()
          .noDefaultValue()
          .withDescription("The brokers to ask first: host:port, several separated by commas.");

  public static final ConfigOption<String> TOPIC =
      ConfigOptions.key("topic")
          .stringType()
          .noDefaultValue()
          .withDescription("The Kafka topic. It must exist.");

  private KafkaOptions() {}
}
