package dev.outflow.kafka.input;

import static dev.outflow.kafka.input.KafkaInputOptions.TOPICS;
import static dev.outflow.kafka.input.KafkaInputOptions.TOPIC_PATTERN;
import static dev.outflow.kafka.option.KafkaOptions.TOPIC;

import dev.outflow.kafka.TopicName;
import dev.outflow.kafka.TopicSubscription;
import dev.outflow.option.OptionReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads which topics an input reads. */
final class InputTopics {
  private static final TopicSubscription INVALID = new TopicSubscription.Topics(List.of());

  private InputTopics() {}

  /** Returns the topics without duplicates; none if {@code reader} has noted a problem. */
  static TopicSubscription read(OptionReader reader) {
    if (reader.isWritten(TOPIC_PATTERN)) {
      return pattern(reader);
    }
    if (!reader.isWritten(TOPICS)) {
      String topic = TopicName.read(reader);
      return topic == null ? INVALID : new TopicSubscription.Topics(List.of(topic));
    }
    if (reader.isWritten(TOPIC)) {
      reader.reject(TOPICS, "conflicts with 'topic'; keep one");
    }
    Optional<List<String>> topics = reader.find(TOPICS);
    topics.ifPresent(names -> names.forEach(name -> TopicName.check(reader, TOPICS, name)));
    return new TopicSubscription.Topics(topics.orElse(List.of()).stream().distinct().toList());
  }

  private static TopicSubscription pattern(OptionReader reader) {
    List.of(TOPIC, TOPICS).stream()
        .filter(reader::isWritten)
        .forEach(
            other ->
                reader.reject(
                    TOPIC_PATTERN, "conflicts with '%s'; keep one".formatted(other.key())));
    String regex = reader.find(TOPIC_PATTERN).orElse("");
    if (regex.isBlank()) {
      reader.reject(TOPIC_PATTERN, "must not be empty; use a regular expression, e.g. orders-.*");
      return INVALID;
    }
    try {
      return new TopicSubscription.TopicPattern(Pattern.compile(regex));
    } catch (PatternSyntaxException e) {
      reader.reject(
          TOPIC_PATTERN,
          "'%s' is not a valid regular expression of Java: %s at index %d"
              .formatted(regex, e.getDescription().toLowerCase(Locale.ROOT), e.getIndex()));
      return INVALID;
    }
  }
}
