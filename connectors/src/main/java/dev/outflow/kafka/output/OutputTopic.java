package dev.outflow.kafka.output;

import static dev.outflow.kafka.option.KafkaOptions.TOPIC;
import static dev.outflow.kafka.output.KafkaOutputOptions.TOPIC_ALLOWED;
import static dev.outflow.kafka.output.KafkaOutputOptions.TOPIC_FROM;

import dev.outflow.kafka.TopicName;
import dev.outflow.option.OptionReader;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** Where an output writes to. */
public sealed interface OutputTopic extends Serializable {
  /** Returns the topics that it can write to, which must exist. */
  List<String> names();

  /** Returns the column that names the topic; empty for a single topic. */
  Optional<String> column();

  /** A single topic. */
  record Single(String name) implements OutputTopic {
    @Override
    public List<String> names() {
      return List.of(name);
    }

    @Override
    public Optional<String> column() {
      return Optional.empty();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * For each row, the topic that a column names.
   *
   * @param from the column
   * @param names the allowed topics: a row with any other is a bad row
   */
  record ByColumn(String from, List<String> names) implements OutputTopic {
    public ByColumn {
      names = names.stream().distinct().toList();
    }

    @Override
    public Optional<String> column() {
      return Optional.of(from);
    }

    @Override
    public String toString() {
      return String.join(", ", names);
    }
  }

  /** Reads a table's options; returns null if {@code reader} has noted a problem with them. */
  static OutputTopic read(OptionReader reader) {
    if (!reader.isWritten(TOPIC_FROM)) {
      reader.rejectWrittenWithout(List.of(TOPIC_ALLOWED), TOPIC_FROM);
      String topic = TopicName.read(reader);
      return topic == null ? null : new Single(topic);
    }
    Optional<String> from = reader.find(TOPIC_FROM);
    Optional<List<String>> allowed = reader.find(TOPIC_ALLOWED);
    if (reader.isWritten(TOPIC)) {
      reader.reject(TOPIC_FROM, "conflicts with 'topic'; keep one");
    }
    if (!reader.isWritten(TOPIC_ALLOWED)) {
      reader.reject(
          TOPIC_ALLOWED,
          "is required with topic.from; list the topics that can be written to, e.g. [orders, returns]");
    }
    allowed.ifPresent(
        topics -> topics.forEach(topic -> TopicName.check(reader, TOPIC_ALLOWED, topic)));
    return from.isPresent() && allowed.isPresent() ? new ByColumn(from.get(), allowed.get()) : null;
  }
}
