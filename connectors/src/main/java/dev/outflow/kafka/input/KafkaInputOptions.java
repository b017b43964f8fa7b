package dev.outflow.kafka.input;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options of {@code 'connector' = 'kafka-input'} beside those every Kafka table has. */
public final class KafkaInputOptions {
  public static final ConfigOption<String> START =
      ConfigOptions.key("start")
          .stringType()
          .defaultValue("committed")
          .withDescription(
              "Where to begin without a checkpoint or savepoint: " + StartPosition.VALUES + ".");

  public static final ConfigOption<Boolean> BOUNDED =
      ConfigOptions.key("bounded")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "true: read what the topic holds at the start of the job, then end. For backfills.");

  private KafkaInputOptions() {}
}
