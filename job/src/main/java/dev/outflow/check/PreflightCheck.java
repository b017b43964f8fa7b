package dev.outflow.check;

import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.InputDeadLetters;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Problem;
import dev.outflow.kafka.error.DeadLetterCheck;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.input.InputCheck;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.kafka.output.OutputCheck;
import dev.outflow.kafka.transaction.CheckpointTimes;
import dev.outflow.kafka.transaction.TransactionTimeout;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import dev.outflow.registry.FormatRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;

/**
 * Asks Kafka, and schema registries, about every input and output before the job starts, all at the
 * same time.
 */
public final class PreflightCheck {
  private static final Duration WAIT = Duration.ofSeconds(10);

  private PreflightCheck() {}

  /**
   * Returns when every topic is there and can be used, and every schema is taken; after some 10 s
   * for each answer at most, and 30 s for secrets before that.
   *
   * @return for each output that is exactly-once how long the job may stand still
   * @throws InvalidDefinitionException with each input or output that cannot be used, and why
   */
  public static Map<String, TransactionTimeout> run(ComposedJob job) {
    JobDefinition definition = job.definition();
    Map<String, TransactionTimeout> timeouts = new ConcurrentSkipListMap<>();
    List<Callable<List<Problem>>> checks = new ArrayList<>();
    KafkaTables.of(job)
        .forEach(
            (path, target) -> {
              checks.add(check(definition, path, () -> check(target, timeouts)));
              checks.add(check(definition, path, () -> checkDeadLetters(job, target, timeouts)));
              checks.add(check(definition, path, () -> checkRegistry(target)));
            });
    List<Problem> problems = atTheSameTime(checks).stream().flatMap(List::stream).toList();
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
    return timeouts;
  }

  private static void check(KafkaTable target, Map<String, TransactionTimeout> timeouts) {
    if (target instanceof KafkaTable.Input input) {
      new InputCheck(input.input(), input.hasSavepoint()).run(WAIT);
    } else if (target instanceof KafkaTable.Output output) {
      new OutputCheck(output.output(), output.checkpoints(), WAIT)
          .run()
          .ifPresent(timeout -> timeouts.put(output.name(), timeout));
    }
  }

  private static void checkDeadLetters(
      ComposedJob job, KafkaTable target, Map<String, TransactionTimeout> timeouts) {
    target
        .errors()
        .topic()
        .ifPresent(topic -> new DeadLetterCheck(target.connection(), topic).run(WAIT));
    if (target instanceof KafkaTable.Input) {
      InputDeadLetters.of(target.name(), job.definition().inputs().get(target.name()))
          .flatMap(
              kept ->
                  checkTransactions(kept.output(job.name(), job.checkpoints()), job.checkpoints()))
          .ifPresent(timeout -> timeouts.put(target.name() + " dead letters", timeout));
    }
  }

  /** Of an input's dead letters; what is wrong with them is told of the one option they have. */
  private static Optional<TransactionTimeout> checkTransactions(
      KafkaOutput output, CheckpointTimes checkpoints) {
    try {
      return new OutputCheck(output, checkpoints, WAIT).run();
    } catch (InvalidOptionsException e) {
      throw new InvalidOptionsException(
          e.problems().stream()
              .map(
                  problem ->
                      new OptionProblem(ErrorPolicy.DEAD_LETTER_TOPIC.key(), problem.message()))
              .toList());
    }
  }

  private static void checkRegistry(KafkaTable target) {
    Optional<Schema> schema =
        target instanceof KafkaTable.Output output ? output.schema() : Optional.empty();
    for (FormatRegistry registry : FormatRegistry.in(target.options())) {
      schema.ifPresentOrElse(registry::check, registry::ping);
    }
  }

  private static Callable<List<Problem>> check(
      JobDefinition definition, String path, Runnable check) {
    return () -> {
      try {
        check.run();
        return List.of();
      } catch (InvalidOptionsException e) {
        return e.problems().stream()
            .map(found -> definition.problem(path + "." + found.key(), found.message()))
            .toList();
      }
    };
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
