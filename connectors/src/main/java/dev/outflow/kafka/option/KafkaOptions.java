package dev.outflow.kafka.option;

import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options that Kafka outputs and inputs share; {@code job.schema.json} documents them. */
public final class KafkaOptions {
  /** The prefix of Kafka client properties: {@code kafka.linger.ms}. */
  public static final String KAFKA_PREFIX = "kafka.";

  public static final ConfigOption<String> BOOTSTRAP_SERVERS =
      ConfigOptions.key("bootstrap-servers").stringType().noDefaultValue();

  public static final ConfigOption<String> TOPIC =
      ConfigOptions.key("topic").stringType().noDefaultValue();

  public static final ConfigOption<String> CONSUMER_GROUP_ID =
      ConfigOptions.key("consumer-group-id").stringType().noDefaultValue();

  private KafkaOptions() {}

  /**
   * Returns the default consumer group of an input, or transactional id prefix of an output.
   *
   * @param table the name of the input or output
   */
  public static String defaultId(String job, String table) {
    return job + "-" + table;
  }

  /** Returns the same for a job that may have no name. */
  public static String defaultId(Optional<String> job, String table) {
    return job.map(name -> defaultId(name, table)).orElse(table);
  }
}
