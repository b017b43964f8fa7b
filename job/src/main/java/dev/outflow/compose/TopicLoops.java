package dev.outflow.compose;

import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.definition.Problem;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.output.KafkaOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds topics that a job both reads and writes, so that its records multiply without end. It is
 * only a warning: a query can leave out the records that the job itself has written.
 */
final class TopicLoops {
  private final JobDefinition definition;
  private final List<Topic> read = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  /**
   * A topic that the job reads or writes.
   *
   * @param path the property that names it
   * @param servers the addresses of its brokers
   */
  private record Topic(String path, String name, Set<String> servers) {
    Topic(String path, String name, String bootstrapServers) {
      this(
          path,
          name,
          Arrays.stream(bootstrapServers.toLowerCase(Locale.ROOT).split(","))
              .map(String::strip)
              .collect(Collectors.toSet()));
    }

    boolean isSameAs(Topic other) {
      return name.equals(other.name) && !Collections.disjoint(servers, other.servers);
    }
  }

  private TopicLoops(JobDefinition definition) {
    this.definition = definition;
  }

  /** Returns a warning for each topic of an output or of dead letters that an input reads. */
  static List<Problem> warnings(JobDefinition definition) {
    TopicLoops loops = new TopicLoops(definition);
    definition.inputs().forEach(loops::addInput);
    definition.inputs().forEach(loops::checkInput);
    definition.outputs().forEach(loops::checkOutput);
    return loops.warnings;
  }

  private void addInput(String name, InputDefinition input) {
    if (input.isKafka()) {
      KafkaInput kafka = KafkaInput.of(input.options(), name);
      for (String topic : kafka.topics()) {
        read.add(new Topic("inputs." + name, topic, kafka.connection().bootstrapServers()));
      }
    }
  }

  private void checkInput(String name, InputDefinition input) {
    if (input.isKafka()) {
      KafkaInput kafka = KafkaInput.of(input.options(), name);
      checkDeadLetters("inputs." + name, kafka.errors(), kafka.connection().bootstrapServers());
    }
  }

  private void checkOutput(String alias, OutputDefinition output) {
    String path = "outputs." + alias;
    KafkaOutput kafka = KafkaOutput.of(output.options(), alias);
    String servers = kafka.connection().bootstrapServers();
    for (String topic : kafka.topic().names()) {
      check(new Topic(path + "." + KafkaOptions.TOPIC.key(), topic, servers));
    }
    checkDeadLetters(path, kafka.errors(), servers);
  }

  private void checkDeadLetters(String table, ErrorPolicy errors, String servers) {
    String path = table + "." + ErrorPolicy.DEAD_LETTER_TOPIC.key();
    errors.topic().ifPresent(topic -> check(new Topic(path, topic, servers)));
  }

  private void check(Topic written) {
    read.stream()
        .filter(written::isSameAs)
        .map(
            input ->
                definition.problem(
                    written.path(),
                    "'%s' is also the topic of %s: the job reads what it writes, so records can multiply without end; use another topic, or leave out the job's own records in the query"
                        .formatted(written.name(), input.path())))
        .forEach(warnings::add);
  }
}
