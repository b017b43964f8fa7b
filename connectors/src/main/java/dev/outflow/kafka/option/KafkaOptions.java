package dev.outflow.kafka.option;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options that a Kafka output and a Kafka input share, named as in job.yaml. */
public final class KafkaOptions {
  /** What stands before a property of Kafka's own client: {@code kafka.linger.ms}. */
  public static final String KAFKA_PREFIX = "kafka.";

  public static final ConfigOption<String> BOOTSTRAP_SERVERS =
      ConfigOptions.key("bootstrap-servers").stringType().noDefaultValue();

  public static final ConfigOption<String> TOPIC =
      ConfigOptions.key("topic").stringType().noDefaultValue();

  public static final ConfigOption<String> CONSUMER_GROUP_ID =
      ConfigOptions.key("consumer-group-id").stringType().noDefaultValue();

  private KafkaOptions() {}
}
