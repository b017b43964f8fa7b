package dev.outflow.kafka;

import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.OptionReader;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;

/** The rule of Kafka's brokers for the name of a topic. */
public final class TopicName {
  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
  private static final Set<String> RESERVED = Set.of(".", "..");

  private TopicName() {}

  /** The topic of a table; null when {@code reader} has noted what is wrong with it. */
  public static String read(OptionReader reader) {
    String topic = reader.require(KafkaOptions.TOPIC);
    if (topic != null) {
      check(reader, KafkaOptions.TOPIC, topic);
    }
    return topic;
  }

  /** Notes it if {@code topic}, which {@code option} names, cannot be one. */
  public static void check(OptionReader reader, ConfigOption<String> option, String topic) {
    if (!isLegal(topic)) {
      reader.reject(
          option,
          "'%s' is no name for a topic; use up to 249 of a-z, A-Z, 0-9, '.', '_' and '-'"
              .formatted(topic));
    }
  }

  private static boolean isLegal(String topic) {
    return LEGAL.matcher(topic).matches() && !RESERVED.contains(topic);
  }
}
