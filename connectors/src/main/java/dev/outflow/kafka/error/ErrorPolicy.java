package dev.outflow.kafka.error;

import dev.outflow.kafka.TopicName;
import dev.outflow.kafka.TopicSubscription;
import dev.outflow.option.OptionReader;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * How an input or output handles bad records.
 *
 * @param deadLetterTopic the topic for {@link OnError#DEAD_LETTER}; null otherwise
 */
public record ErrorPolicy(OnError onError, String deadLetterTopic) implements Serializable {
  public static final ConfigOption<OnError> ON_ERROR =
      ConfigOptions.key("on-error").enumType(OnError.class).defaultValue(OnError.FAIL);

  public static final ConfigOption<String> DEAD_LETTER_TOPIC =
      ConfigOptions.key("dead-letter-topic").stringType().noDefaultValue();

  /** The options of an error policy. */
  public static final List<ConfigOption<?>> OPTIONS = List.of(ON_ERROR, DEAD_LETTER_TOPIC);

  /**
   * Reads a table's options; {@code reader} notes problems.
   *
   * @param topics the table's own topics
   */
  public static ErrorPolicy read(OptionReader reader, TopicSubscription topics) {
    OnError onError = reader.find(ON_ERROR, OnError.class).orElse(ON_ERROR.defaultValue());
    String setting = "%s '%s'".formatted(ON_ERROR.key(), onError);
    if (onError != OnError.DEAD_LETTER) {
      reader.rejectWritten(List.of(DEAD_LETTER_TOPIC), setting);
      return new ErrorPolicy(onError, null);
    }
    reader.requireFor(setting, DEAD_LETTER_TOPIC);
    Optional<String> deadLetters = reader.find(DEAD_LETTER_TOPIC);
    deadLetters.ifPresent(name -> TopicName.check(reader, DEAD_LETTER_TOPIC, name));
    if (deadLetters.filter(topics::contains).isPresent()) {
      reader.reject(
          DEAD_LETTER_TOPIC,
          topics instanceof TopicSubscription.TopicPattern
              ? "matches 'topic-pattern', so the input would read its own dead letters; use another name or a narrower pattern"
              : "must differ from 'topic'");
    }
    return new ErrorPolicy(onError, deadLetters.orElse(null));
  }

  /** Returns the dead-letter topic, if bad records are kept. */
  public Optional<String> topic() {
    return Optional.ofNullable(deadLetterTopic);
  }
}
