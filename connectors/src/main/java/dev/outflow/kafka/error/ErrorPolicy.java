package dev.outflow.kafka.error;

import dev.outflow.kafka.TopicName;
import dev.outflow.option.OptionReader;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * What an input or an output does with a bad record.
 *
 * @param deadLetterTopic where it goes, with {@link OnError#DEAD_LETTER}; null otherwise
 */
public record ErrorPolicy(OnError onError, String deadLetterTopic) implements Serializable {
  public static final ConfigOption<OnError> ON_ERROR =
      ConfigOptions.key("on-error").enumType(OnError.class).defaultValue(OnError.FAIL);

  public static final ConfigOption<String> DEAD_LETTER_TOPIC =
      ConfigOptions.key("dead-letter-topic").stringType().noDefaultValue();

  /** All options that it is made of. */
  public static final List<ConfigOption<?>> OPTIONS = List.of(ON_ERROR, DEAD_LETTER_TOPIC);

  /**
   * From a table's options; what is wrong is noted.
   *
   * @param topic the table's own topic, or null if that is wrong
   */
  public static ErrorPolicy read(OptionReader reader, String topic) {
    OnError onError = reader.find(ON_ERROR, OnError.class).orElse(ON_ERROR.defaultValue());
    String name = "%s '%s'".formatted(ON_ERROR.key(), onError);
    if (onError != OnError.DEAD_LETTER) {
      reader.rejectWritten(List.of(DEAD_LETTER_TOPIC), name);
      return new ErrorPolicy(onError, null);
    }
    reader.requireFor(name, DEAD_LETTER_TOPIC);
    Optional<String> deadLetters = reader.find(DEAD_LETTER_TOPIC).filter(it -> !it.isBlank());
    deadLetters.ifPresent(it -> TopicName.check(reader, DEAD_LETTER_TOPIC, it));
    if (deadLetters.isPresent() && deadLetters.get().equals(topic)) {
      reader.reject(DEAD_LETTER_TOPIC, "is the topic itself; name another one");
    }
    return new ErrorPolicy(onError, deadLetters.orElse(null));
  }

  /** Where bad records go, if they go anywhere. */
  public Optional<String> topic() {
    return Optional.ofNullable(deadLetterTopic);
  }
}
