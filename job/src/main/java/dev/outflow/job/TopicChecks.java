package dev.outflow.job;

import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Problem;
import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.TopicCheck;
import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.kafka.output.KafkaOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks Kafka for every topic of a definition before the job starts, all at the same time. */
public final class TopicChecks {
  private static final Duration WAIT = Duration.ofSeconds(10);

  private TopicChecks() {}

  /**
   * Returns when every topic is there; after 10 s at most, and 30 s for secrets before that. An
   * input that begins where it last stopped must have been read before, unless a savepoint says
   * where to begin.
   *
   * @throws InvalidDefinitionException with each topic that is missing or broker that is silent
   */
  public static void run(ComposedJob job) {
    JobDefinition definition = job.definition();
    List<Callable<Optional<Problem>>> checks = new ArrayList<>();
    definition
        .inputs()
        .forEach(
            (name, input) -> {
              if (input.isKafka()) {
                KafkaInput kafka = KafkaInput.of(input.options(), job.name() + "-" + name);
                Optional<String> reader =
                    kafka.groupThatHasRead().filter(group -> job.savepoint().isEmpty());
                checks.add(
                    check(definition, "inputs." + name, kafka.connection(), kafka.topic(), reader));
              }
            });
    definition
        .outputs()
        .forEach(
            (alias, output) -> {
              KafkaOutput kafka = KafkaOutput.of(output.options(), alias);
              checks.add(
                  check(
                      definition,
                      "outputs." + alias,
                      kafka.connection(),
                      kafka.topic(),
                      Optional.empty()));
            });
    List<Problem> problems = atTheSameTime(checks).stream().flatMap(Optional::stream).toList();
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
  }

  private static Callable<Optional<Problem>> check(
      JobDefinition definition,
      String path,
      KafkaConnection connection,
      String topic,
      Optional<String> reader) {
    return () ->
        TopicCheck.check(connection, topic, reader, WAIT)
            .map(found -> definition.problem(path + "." + found.key(), found.message()));
  }

  private static <T> List<T> atTheSameTime(List<Callable<T>> tasks) {
    ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, tasks.size()));
    try {
      List<T> answers = new ArrayList<>();
      for (Future<T> answer : threads.invokeAll(tasks)) {
        answers.add(answer.get());
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Kafka", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the check of a topic failed", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
