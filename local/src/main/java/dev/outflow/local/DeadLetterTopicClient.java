package dev.outflow.local;

import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Problem;
import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.TopicCheck;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.option.ResolvedOptions;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.option.InvalidOptionsException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.acl.AclOperation;

/**
 * Where the dead letters of an input or output are.
 *
 * @param path in the definition: {@code outputs.large_orders}
 */
record DeadLetterTopicClient(
    JobDefinition definition, String path, KafkaConnection connection, String topic) {
  private static final Duration WAIT = Duration.ofSeconds(20);
  private static final String INPUTS = "inputs.";
  private static final String OUTPUTS = "outputs.";

  /**
   * Those of an output or a Kafka input; empty if there is none of this name.
   *
   * @throws InvalidDefinitionException if it does not keep its bad records
   */
  static Optional<DeadLetterTopicClient> find(JobDefinition definition, String alias) {
    String name = definition.name() + "-" + alias;
    if (definition.outputs().containsKey(alias)) {
      KafkaOutput output =
          at(
              definition,
              OUTPUTS + alias,
              () -> KafkaOutput.of(definition.outputs().get(alias).options(), name));
      return Optional.of(of(definition, OUTPUTS + alias, output.connection(), output.errors()));
    }
    return Optional.ofNullable(definition.inputs().get(alias))
        .filter(it -> it.isKafka())
        .map(it -> at(definition, INPUTS + alias, () -> KafkaInput.of(it.options(), name)))
        .map(it -> of(definition, INPUTS + alias, it.connection(), it.errors()));
  }

  private static DeadLetterTopicClient of(
      JobDefinition definition, String path, KafkaConnection connection, ErrorPolicy errors) {
    String topic =
        errors
            .topic()
            .orElseThrow(
                () ->
                    new InvalidDefinitionException(
                        List.of(
                            definition.problem(
                                path + "." + ErrorPolicy.ON_ERROR.key(),
                                "is '%s', so that no bad record is kept; dead-letter keeps them"
                                    .formatted(errors.onError())))));
    return new DeadLetterTopicClient(definition, path, connection, topic);
  }

  /** All that can have some. */
  static List<String> names(JobDefinition definition) {
    return Stream.concat(
            definition.outputs().keySet().stream(),
            definition.inputs().entrySet().stream()
                .filter(it -> it.getValue().isKafka())
                .map(Map.Entry::getKey))
        .sorted()
        .toList();
  }

  boolean isOfOutput() {
    return path.startsWith(OUTPUTS);
  }

  /**
   * Where a letter was read: anybody can have written the header that says so, and so it has to be
   * the input's topic.
   *
   * @throws InvalidDefinitionException if it is not
   */
  String source(DeadLetterText letter) {
    String read =
        ResolvedOptions.of(definition.inputs().get(alias()).options())
            .orThrow()
            .get(KafkaOptions.TOPIC.key());
    if (letter.topic().filter(read::equals).isEmpty()) {
      throw new InvalidDefinitionException(
          List.of(
              definition.problem(
                  path + "." + KafkaOptions.TOPIC.key(),
                  "a dead letter was read from %s and not from '%s'; what stands before it is sent, say --to TOPIC for the rest"
                      .formatted(
                          letter.topic().map("'%s'"::formatted).orElse("elsewhere"), read))));
    }
    return read;
  }

  private String alias() {
    return path.substring(path.indexOf('.') + 1);
  }

  /** The consumer group, and the transactional id, of those that are replayed. */
  String replayGroup() {
    return "%s-%s-dead-letters-replay".formatted(definition.name(), alias());
  }

  /**
   * Returns if they can be read; after 20 s at most.
   *
   * @throws InvalidDefinitionException if not
   */
  void checkMayRead() {
    at(
        definition,
        path,
        () -> {
          checkMay(AclOperation.READ, topic);
          return topic;
        });
  }

  /**
   * Returns if {@code target}, on the same brokers, can be written; after 20 s at most.
   *
   * @throws InvalidOptionsException if not
   */
  void checkMayWrite(String target) {
    checkMay(AclOperation.WRITE, target);
  }

  private void checkMay(AclOperation operation, String asked) {
    TopicCheck.ask(
        connection,
        asked,
        WAIT,
        (admin, description) -> {
          if (!TopicCheck.allows(description, operation)) {
            throw InvalidOptionsException.of(
                KafkaOptions.TOPIC.key(), "%s is not allowed on '%s'".formatted(operation, asked));
          }
          return asked;
        });
  }

  private static <T> T at(JobDefinition definition, String path, Supplier<T> asked) {
    Function<String, String> named =
        key -> key.equals(KafkaOptions.TOPIC.key()) ? ErrorPolicy.DEAD_LETTER_TOPIC.key() : key;
    try {
      return asked.get();
    } catch (InvalidOptionsException e) {
      List<Problem> problems =
          e.problems().stream()
              .map(it -> definition.problem(path + "." + named.apply(it.key()), it.message()))
              .toList();
      throw new InvalidDefinitionException(problems);
    }
  }

  /** For a client that knows the properties {@code known}, and waits 20 s at most. */
  Map<String, Object> clientProperties(Set<String> known) {
    Map<String, Object> properties = new HashMap<>(connection.clientProperties(Map.of()));
    properties.remove(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
    Set<String> others = new HashSet<>(ProducerConfig.configNames());
    others.addAll(ConsumerConfig.configNames());
    others.removeAll(known);
    properties.keySet().removeAll(others);
    properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) WAIT.toMillis());
    return properties;
  }
}
