package dev.outflow.compose;

import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.definition.Problem;
import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.TopicSubscription;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.output.KafkaOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds topics that a job both reads and writes, so that its records multiply without end. It is
 * only a warning: a query can leave out the records that the job itself has written.
 */
final class TopicLoops {
  private final JobDefinition definition;
  private final Map<String, KafkaInput> read = new LinkedHashMap<>();
  private final List<Problem> warnings = new ArrayList<>();

  private TopicLoops(JobDefinition definition) {
    this.definition = definition;
  }

  /** Returns a warning for each topic of an output or of dead letters that an input reads. */
  static List<Problem> warnings(JobDefinition definition) {
    TopicLoops loops = new TopicLoops(definition);
    definition.inputs().forEach(loops::addInput);
    loops.read.forEach(
        (path, input) -> loops.checkDeadLetters(path, input.errors(), input.connection()));
    definition.outputs().forEach(loops::checkOutput);
    return loops.warnings;
  }

  private void addInput(String name, InputDefinition input) {
    if (input.isKafka()) {
      read.put("inputs." + name, KafkaInput.of(input.options(), name));
    }
  }

  private void checkOutput(String alias, OutputDefinition output) {
    String path = "outputs." + alias;
    KafkaOutput kafka = KafkaOutput.of(output.options(), alias);
    for (String topic : kafka.topic().names()) {
      check(path + "." + KafkaOptions.TOPIC.key(), topic, kafka.connection());
    }
    checkDeadLetters(path, kafka.errors(), kafka.connection());
  }

  private void checkDeadLetters(String table, ErrorPolicy errors, KafkaConnection connection) {
    String path = table + "." + ErrorPolicy.DEAD_LETTER_TOPIC.key();
    errors.topic().ifPresent(topic -> check(path, topic, connection));
  }

  private void check(String path, String topic, KafkaConnection connection) {
    read.forEach(
        (input, kafka) -> {
          if (kafka.topics().contains(topic) && kafka.connection().sharesServers(connection)) {
            warnings.add(
                definition.problem(
                    path,
                    "'%s' %s of %s: the job reads what it writes, so records can multiply without end; use another topic, or leave out the job's own records in the query"
                        .formatted(
                            topic,
                            kafka.topics() instanceof TopicSubscription.TopicPattern
                                ? "matches topic-pattern"
                                : "is also the topic",
                            input)));
          }
        });
  }
}
