package dev.outflow.check;

import dev.outflow.compose.ComposedJob;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Problem;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs those steps of {@code ./outflow check} that must pass before a job starts, and logs their
 * warnings.
 */
public final class PreflightCheck {
  private static final Logger LOG = LoggerFactory.getLogger(PreflightCheck.class);

  private final CompletableFuture<SafeDowntime> result;

  private PreflightCheck(CompletableFuture<SafeDowntime> result) {
    this.result = result;
  }

  /** Starts the checks on a thread of their own: they wait for Kafka more than they compute. */
  public static PreflightCheck start(ComposedJob job) {
    return new PreflightCheck(
        CompletableFuture.supplyAsync(
            () -> run(job), task -> new Thread(task, "preflight-check").start()));
  }

  /**
   * Waits for the result of {@link #run}.
   *
   * @throws InvalidDefinitionException as {@link #run} does
   */
  public SafeDowntime await() {
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof InvalidDefinitionException invalid) {
        throw invalid;
      }
      throw e;
    }
  }

  /**
   * Returns if every input and output can be used, after at most 20 s. Nothing is printed.
   *
   * @return how long the job may be down
   * @throws InvalidDefinitionException with every problem of every input and output
   */
  public static SafeDowntime run(ComposedJob job) {
    JobDefinition definition = job.definition();
    Map<String, KafkaTable> tables = KafkaTables.of(job);
    CheckRecorder recorder = new CheckRecorder(CheckListener.NONE);
    tables.forEach((path, table) -> recorder.announce(path, table.where()));
    definition
        .inputs()
        .forEach(
            (name, input) -> {
              if (FileInput.is(input)) {
                recorder.announce("inputs." + name, input.connector());
              }
            });
    SafeDowntime downtime;
    try (FileChecks files = FileChecks.start(definition, recorder)) {
      downtime =
          KafkaChecks.run(tables.values(), CheckScope.BEFORE_START, property -> "", recorder);
    }
    List<Problem> problems =
        recorder.targets().stream()
            .flatMap(
                target ->
                    target.steps().stream()
                        .filter(report -> report.outcome() == Outcome.FAILED)
                        .map(report -> problem(definition, target.path(), report)))
            .toList();
    recorder
        .targets()
        .forEach(
            target ->
                target.steps().stream()
                    .filter(report -> report.outcome() == Outcome.WARNING)
                    .forEach(
                        report ->
                            LOG.warn("{}: {}: {}", target.path(), report.step(), report.answer())));
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
    return downtime;
  }

  private static Problem problem(JobDefinition definition, String path, StepReport report) {
    return report.property().isEmpty()
        ? definition.problem(path, report.step() + ": " + report.answer())
        : definition.problem(report.property(), report.answer());
  }
}
