package dev.outflow.local;

import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.definition.Problem;
import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.TopicSubscription;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.sampling.LocatedOptions;
import dev.outflow.sampling.TopicClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.kafka.common.acl.AclOperation;

/**
 * The dead-letter topic of an input or output, with what Kafka clients need to use it.
 *
 * @param path of the input or output in the definition: {@code outputs.large_orders}
 */
record DeadLetterTopicClient(
    JobDefinition definition, String path, KafkaConnection connection, String topic) {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String INPUTS = "inputs.";
  private static final String OUTPUTS = "outputs.";

  /**
   * Finds the topic of an output or a Kafka input; empty if the alias is unknown.
   *
   * @throws InvalidDefinitionException if the input or output does not keep bad records
   */
  static Optional<DeadLetterTopicClient> find(JobDefinition definition, String alias) {
    String name = KafkaOptions.defaultId(definition.name(), alias);
    OutputDefinition output = definition.outputs().get(alias);
    if (output != null) {
      String path = OUTPUTS + alias;
      KafkaOutput kafka = locating(definition, path, () -> KafkaOutput.of(output.options(), name));
      return Optional.of(of(definition, path, kafka.connection(), kafka.errors()));
    }
    InputDefinition input = definition.inputs().get(alias);
    if (input == null || !input.isKafka()) {
      return Optional.empty();
    }
    String path = INPUTS + alias;
    KafkaInput kafka = locating(definition, path, () -> KafkaInput.of(input.options(), name));
    return Optional.of(of(definition, path, kafka.connection(), kafka.errors()));
  }

  private static DeadLetterTopicClient of(
      JobDefinition definition, String path, KafkaConnection connection, ErrorPolicy errors) {
    String topic =
        errors
            .topic()
            .orElseThrow(
                () ->
                    invalid(
                        definition.problem(
                            path + "." + ErrorPolicy.ON_ERROR.key(),
                            "is '%s', so bad records are not kept; set it to dead-letter to keep them"
                                .formatted(errors.onError()))));
    return new DeadLetterTopicClient(definition, path, connection, topic);
  }

  /** Returns the names of all inputs and outputs that can have dead letters. */
  static List<String> names(JobDefinition definition) {
    return Stream.concat(
            definition.outputs().keySet().stream(),
            definition.inputs().entrySet().stream()
                .filter(input -> input.getValue().isKafka())
                .map(Map.Entry::getKey))
        .sorted()
        .toList();
  }

  boolean isOfOutput() {
    return path.startsWith(OUTPUTS);
  }

  /**
   * Returns the topic that a dead letter was read from. Anyone may have written the header that
   * names it, so it must be one of the input's topics.
   *
   * @throws InvalidDefinitionException if it is not
   */
  String source(DeadLetterText deadLetter) {
    TopicSubscription sources =
        KafkaInput.of(definition.inputs().get(alias()).options(), alias()).topics();
    Optional<String> source = deadLetter.topic().filter(sources::contains);
    if (source.isEmpty()) {
      throw invalid(
          definition.problem(
              path,
              "a dead letter was read from %s, not from %s; those before it have been sent; use --to TOPIC for the rest"
                  .formatted(
                      deadLetter.topic().map("'%s'"::formatted).orElse("an unknown topic"),
                      sources instanceof TopicSubscription.TopicPattern
                          ? sources
                          : "'%s'".formatted(String.join("', '", sources.names())))));
    }
    return source.get();
  }

  private String alias() {
    return path.substring(path.indexOf('.') + 1);
  }

  /** Returns whether the brokers support transactions as a rule. */
  boolean supportsTransactions() {
    return connection.kind().defaultGuarantee().guarantee() == DeliveryGuarantee.EXACTLY_ONCE;
  }

  /** Returns the consumer group, which is also the transactional id, of replays. */
  String replayGroup() {
    return "%s-%s-dead-letters-replay".formatted(definition.name(), alias());
  }

  /**
   * Checks that the topic can be read; takes 20 s at most.
   *
   * @throws InvalidDefinitionException if it cannot
   */
  void checkReadable() {
    locating(
        definition,
        path,
        () -> {
          client().check(AclOperation.READ, topic);
          return topic;
        });
  }

  /**
   * Checks that a topic on the same brokers can be written; takes 20 s at most.
   *
   * @throws InvalidOptionsException if it cannot
   */
  void checkWritable(String target) {
    client().check(AclOperation.WRITE, target);
  }

  /** Reports invalid options at their place in the definition. */
  private static <T> T locating(JobDefinition definition, String path, Supplier<T> read) {
    return LocatedOptions.read(definition, key -> path + "." + key(key), read);
  }

  /** The topic that is checked here is the dead-letter topic. */
  private static String key(String key) {
    return key.equals(KafkaOptions.TOPIC.key()) ? ErrorPolicy.DEAD_LETTER_TOPIC.key() : key;
  }

  private static InvalidDefinitionException invalid(Problem problem) {
    return new InvalidDefinitionException(List.of(problem));
  }

  /** Returns the properties for a client that knows {@code names}; requests time out after 20 s. */
  Map<String, Object> clientProperties(Set<String> names) {
    return client().properties(names);
  }

  private TopicClient client() {
    return new TopicClient(connection, TIMEOUT);
  }
}
