package dev.outflow.local;

import dev.outflow.definition.ConnectionFile;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.sampling.SampleSize;
import dev.outflow.sampling.TopicClient;
import dev.outflow.sampling.TopicSample;
import dev.outflow.sampling.TopicSampler;
import dev.outflow.sampling.column.InputProposal;
import dev.outflow.sampling.column.NoColumnsException;
import dev.outflow.sampling.column.ProposalYaml;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * A topic that a command line names as BROKERS/TOPIC.
 *
 * @param connection the options of its connection
 */
record SampledTopic(String bootstrapServers, String topic, ConnectionFile connection) {
  private static final String CLIENT = "columns";

  /**
   * Reads an argument.
   *
   * @param source e.g. {@code broker:9092/orders}
   * @param connection the file with the options of the connection, if there is one
   * @throws IllegalArgumentException if a part is missing; the message is for the user
   * @throws InvalidDefinitionException if the file is invalid
   */
  static SampledTopic of(String source, Optional<String> connection) {
    int slash = source.lastIndexOf('/');
    if (slash <= 0 || slash == source.length() - 1) {
      throw new IllegalArgumentException(
          "'%s' is not a topic; use BROKERS/TOPIC, e.g. broker:9092/orders".formatted(source));
    }
    return new SampledTopic(
        source.substring(0, slash),
        source.substring(slash + 1),
        connection.map(ConnectionFile::read).orElseGet(() -> ConnectionFile.none(source)));
  }

  /** Returns the options of an input that reads it, without those of its format. */
  Map<String, String> options() {
    Map<String, String> options =
        new LinkedHashMap<>(ProposalYaml.connection(bootstrapServers, topic));
    options.putAll(connection.options());
    return options;
  }

  /**
   * Reads a sample.
   *
   * @throws InvalidDefinitionException if the connection is invalid or fails
   */
  TopicSample read(SampleSize size, Consumer<String> progress) {
    return located(
        () -> {
          Map<String, String> options = new HashMap<>(options());
          options.remove(FactoryUtil.CONNECTOR.key());
          options.putIfAbsent(FactoryUtil.FORMAT.key(), "json");
          KafkaInput kafka = KafkaInput.of(options, CLIENT);
          return new TopicSampler(
                  new TopicClient(kafka.connection(), size.timeout()), List.of(topic), progress)
              .read(size);
        });
  }

  /**
   * Infers an input from a sample.
   *
   * @throws InvalidDefinitionException if its schema registry is unavailable
   * @throws NoColumnsException if columns cannot be inferred
   */
  InputProposal propose(TopicSample sample, Optional<String> format) {
    return located(() -> InputProposal.of(sample, format, options()));
  }

  private <T> T located(Supplier<T> read) {
    try {
      return read.get();
    } catch (InvalidOptionsException e) {
      throw new InvalidDefinitionException(
          e.problems().stream()
              .map(problem -> connection.problem(problem.key(), problem.message()))
              .toList());
    }
  }

  /** Returns a name for an input that reads it. */
  String alias() {
    return ProposalYaml.alias(topic);
  }
}
