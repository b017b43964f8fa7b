package dev.outflow.kafka.input;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options of {@code 'connector' = 'kafka-input'} beside those every Kafka table has. */
public final class KafkaInputOptions {
  public static final ConfigOption<String> START =
      ConfigOptions.key("start").stringType().defaultValue("committed");

  public static final ConfigOption<Boolean> BOUNDED =
      ConfigOptions.key("bounded").booleanType().defaultValue(false);

  private KafkaInputOptions() {}
}
