package dev.outflow.kafka;

import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.OptionReader;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;

/** Validates topic names by the rules of Kafka's brokers. */
public final class TopicName {
  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
  private static final Set<String> RESERVED = Set.of(".", "..");

  private TopicName() {}

  /** Reads a table's topic; returns null if {@code reader} has noted a problem with it. */
  public static String read(OptionReader reader) {
    String topic = reader.require(KafkaOptions.TOPIC);
    if (topic != null) {
      check(reader, KafkaOptions.TOPIC, topic);
    }
    return topic;
  }

  /** Notes a problem with {@code option} if {@code topic} is not a valid name. */
  public static void check(OptionReader reader, ConfigOption<?> option, String topic) {
    if (!isLegal(topic)) {
      reader.reject(
          option,
          "'%s' is not a valid topic name; use up to 249 of a-z, A-Z, 0-9, '.', '_' and '-'"
              .formatted(topic));
    }
  }

  private static boolean isLegal(String topic) {
    return LEGAL.matcher(topic).matches() && !RESERVED.contains(topic);
  }
}
