package dev.outflow.kafka.input;

import static dev.outflow.kafka.input.KafkaInputOptions.TOPICS;
import static dev.outflow.kafka.option.KafkaOptions.TOPIC;

import dev.outflow.kafka.TopicName;
import dev.outflow.option.OptionReader;
import java.util.List;
import java.util.Optional;

/** Reads which topics an input reads. */
final class InputTopics {
  private InputTopics() {}

  /** Returns the topics without duplicates; none if {@code reader} has noted a problem. */
  static List<String> read(OptionReader reader) {
    if (!reader.isWritten(TOPICS)) {
      String topic = TopicName.read(reader);
      return topic == null ? List.of() : List.of(topic);
    }
    if (reader.isWritten(TOPIC)) {
      reader.reject(TOPICS, "conflicts with 'topic'; keep one");
    }
    Optional<List<String>> topics = reader.find(TOPICS);
    topics.ifPresent(names -> names.forEach(name -> TopicName.check(reader, TOPICS, name)));
    return topics.orElse(List.of()).stream().distinct().toList();
  }
}
