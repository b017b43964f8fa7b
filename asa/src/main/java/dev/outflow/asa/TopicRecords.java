package dev.outflow.asa;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outflow.asa.column.Sample;
import dev.outflow.asa.project.Endpoint;
import dev.outflow.asa.project.NotAnAsaJobException;
import dev.outflow.asa.report.Findings;
import dev.outflow.asa.translation.KnownInput;
import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import dev.outflow.sampling.EmptySampleException;
import dev.outflow.sampling.SampleSize;
import dev.outflow.sampling.TopicClient;
import dev.outflow.sampling.TopicSample;
import dev.outflow.sampling.TopicSampler;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The latest records of the topic of an input, read with the connection that the imported job has.
 * Its references, such as {@code ${env:ORDERS_PASSWORD}}, must have values. It takes about 15 s at
 * most; no consumer group is joined.
 */
final class TopicRecords {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final int RECORDS = 100;

  private TopicRecords() {}

  /**
   * Reads a sample.
   *
   * @param endpoint the input, if the job defines it
   * @throws NotAnAsaJobException if the topic cannot be read or has no JSON
   */
  static Sample read(
      String job, String alias, Optional<Endpoint> endpoint, Consumer<String> progress)
      throws NotAnAsaJobException {
    String name = KnownInput.name(alias);
    if (endpoint.filter(input -> input.isReference() || !Serialization.isJson(input)).isPresent()) {
      throw problem(alias, "only topics with JSON can be read; give a file");
    }
    Map<String, String> options =
        new LinkedHashMap<>(
            endpoint
                .map(input -> Connection.of(input, name, false, new Findings(input.file())))
                .orElseGet(() -> Connection.unknown(name, alias)));
    options.put("format", "json");
    try {
      KafkaInput input = KafkaInput.of(options, job);
      TopicSample sample =
          new TopicSampler(
                  new TopicClient(input.connection(), TIMEOUT), input.topics().names(), progress)
              .read(new SampleSize(RECORDS, Optional.empty(), TIMEOUT));
      List<String> texts =
          sample.records().stream()
              .map(ConsumerRecord::value)
              .filter(Objects::nonNull)
              .map(value -> new String(value, UTF_8))
              .toList();
      return Sample.ofRecords(texts, "the topic of '%s'".formatted(alias));
    } catch (InvalidOptionsException e) {
      throw problem(
          alias,
          e.problems().stream()
              .map(option -> located(name, option))
              .collect(Collectors.joining("; ")));
    } catch (EmptySampleException | IOException e) {
      throw problem(alias, e.getMessage());
    }
  }

  private static String located(String name, OptionProblem problem) {
    return "inputs.%s.%s".formatted(name, problem);
  }

  private static NotAnAsaJobException problem(String alias, String message) {
    return NotAnAsaJobException.of("--sample %s=kafka  %s".formatted(alias, message));
  }
}
