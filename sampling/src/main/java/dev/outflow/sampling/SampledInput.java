package dev.outflow.sampling;

import static java.util.stream.Collectors.joining;

import dev.outflow.compose.InputSchema;
import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import dev.outflow.kafka.TopicSubscription;
import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.kafka.input.RecordRows;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import dev.outflow.option.Suggestion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.kafka.common.acl.AclOperation;

/**
 * A Kafka input of a job whose topic is sampled.
 *
 * @param name its name
 * @param kafka its options
 */
public record SampledInput(JobDefinition definition, String name, KafkaInput kafka) {
  /**
   * Finds an input.
   *
   * @throws IllegalArgumentException if the input is unknown or not a Kafka input; the message is
   *     for the user
   * @throws InvalidDefinitionException if its options are invalid
   */
  public static SampledInput of(JobDefinition definition, String name) {
    InputDefinition input = definition.inputs().get(name);
    if (input == null) {
      throw new IllegalArgumentException(
          "unknown input '%s'%s".formatted(name, Suggestion.among(kafkaInputs(definition), name)));
    }
    if (!input.isKafka()) {
      throw new IllegalArgumentException(
          "input '%s' has the connector '%s'; only Kafka inputs can be sampled"
              .formatted(name, input.connector()));
    }
    return new SampledInput(
        definition,
        name,
        LocatedOptions.read(
            definition,
            key -> "inputs.%s.%s".formatted(name, key),
            () -> KafkaInput.of(input.options(), KafkaOptions.defaultId(definition.name(), name))));
  }

  private static List<String> kafkaInputs(JobDefinition definition) {
    return definition.inputs().entrySet().stream()
        .filter(input -> input.getValue().isKafka())
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** Returns its options as the user wrote them, without those of event time. */
  public Map<String, String> options() {
    return definition.inputs().get(name).options();
  }

  /**
   * Returns its columns, without computed ones.
   *
   * @throws InvalidDefinitionException if Flink rejects them
   */
  public ResolvedSchema columns() {
    return InputSchema.of(definition, name);
  }

  /**
   * Returns how its records become rows.
   *
   * @param columns from {@link #columns}
   * @throws InvalidDefinitionException if the format or its options are invalid
   */
  public RecordRows rows(ResolvedSchema columns) {
    return located(() -> RecordRows.of(name, columns, options()));
  }

  /**
   * Checks that its topics exist and that the client is authorized to read them.
   *
   * @param timeout how long to wait for each answer
   * @throws InvalidDefinitionException if a topic cannot be read
   */
  public void check(Duration timeout) {
    TopicClient client = new TopicClient(kafka.connection(), timeout);
    located(
        () -> {
          topics(client).forEach(topic -> client.check(AclOperation.READ, topic));
          return null;
        });
  }

  /**
   * Returns why its topics cannot be read now, as {@code property: reason}; empty if they can.
   *
   * @param timeout how long to wait for each answer
   */
  public Optional<String> findOutage(Duration timeout) {
    try {
      TopicClient client = new TopicClient(kafka.connection(), timeout);
      topics(client).forEach(client::checkLeaders);
      return Optional.empty();
    } catch (InvalidOptionsException e) {
      return Optional.of(e.problems().stream().map(OptionProblem::toString).collect(joining("; ")));
    }
  }

  /**
   * Reads a sample of its topic.
   *
   * @param progress receives what the command waits for, one line each
   * @throws InvalidDefinitionException if the topic cannot be read
   * @throws EmptySampleException if there are no records
   */
  public TopicSample read(SampleSize size, Consumer<String> progress) {
    Duration timeout = size.timeout();
    return located(
        () -> sampler(new TopicClient(kafka.connection(), timeout), progress).read(size));
  }

  private TopicSampler sampler(TopicClient client, Consumer<String> progress) {
    return new TopicSampler(client, topics(client), progress);
  }

  private List<String> topics(TopicClient client) {
    return kafka.topics() instanceof TopicSubscription.TopicPattern pattern
        ? client.matching(pattern)
        : kafka.topics().names();
  }

  private <T> T located(Supplier<T> read) {
    return LocatedOptions.read(definition, key -> "inputs.%s.%s".formatted(name, key), read);
  }
}
