package dev.outflow.check;

import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.JobComposer;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.definition.Draft;
import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Problem;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Azure Stream Analytics' "Test connection" for a whole job: the definition, its plan, and then
 * everything that an input or output needs, step by step. Nothing is submitted, and Kafka is not
 * modified.
 */
public final class JobCheck {
  /** The path of the steps about the definition itself. */
  static final String JOB = "job";

  /** The path of the maximum safe downtime, which follows from all inputs and outputs. */
  private static final String DOWNTIME = "downtime";

  private final CheckRecorder recorder;
  private final Set<Problem> reported = new HashSet<>();
  private final long begin = System.nanoTime();
  private long stepBegin;

  private JobCheck(CheckListener listener) {
    this.recorder = new CheckRecorder(listener);
  }

  /**
   * Checks a job. After planning, it takes at most 20 s.
   *
   * @param cluster the options of the cluster
   * @param listener receives each step as soon as it is done
   */
  public static CheckReport run(
      DefinitionSource source, ReadableConfig cluster, CheckListener listener) {
    JobCheck check = new JobCheck(listener);
    check.plan(source, cluster).ifPresent(check::checkTables);
    return check.report(source);
  }

  /** Checks the definition and its plan only: no connection is made. */
  public static CheckReport runOffline(DefinitionSource source, CheckListener listener) {
    JobCheck check = new JobCheck(listener);
    check.plan(source, new Configuration());
    return check.report(source);
  }

  private Optional<ComposedJob> plan(DefinitionSource source, ReadableConfig cluster) {
    recorder.announce(JOB, source.toString());
    Optional<Draft> draft = attempt(CheckStep.DEFINITION, () -> DefinitionReader.draft(source));
    draft.ifPresent(this::reportDefinition);
    Optional<ComposedJob> job =
        draft.flatMap(read -> attempt(CheckStep.PLANNING, () -> compose(read, cluster)));
    job.ifPresent(this::reportPlan);
    recorder.finish(JOB);
    return job;
  }

  private CheckReport report(DefinitionSource source) {
    return new CheckReport(source.toString(), recorder.targets(), since(begin));
  }

  private static ComposedJob compose(Draft draft, ReadableConfig cluster) {
    return JobComposer.compose(draft, cluster, StreamExecutionEnvironment::getExecutionEnvironment);
  }

  private void reportDefinition(Draft draft) {
    JobDefinition definition = draft.definition();
    draft.problems().forEach(problem -> fail(CheckStep.DEFINITION, problem));
    if (draft.problems().isEmpty()) {
      succeed(
          CheckStep.DEFINITION,
          "%s: %s, %s"
              .formatted(
                  definition.name(),
                  count(definition.inputs().size(), "input"),
                  count(definition.outputs().size(), "output")));
    }
  }

  private void reportPlan(ComposedJob job) {
    succeed(CheckStep.PLANNING, "all inputs, queries and outputs fit together");
    job.planWarnings().forEach(warning -> warn(CheckStep.PLANNING, warning));
    job.secretWarnings().forEach(warning -> warn(CheckStep.SECRETS, warning));
  }

  private void warn(CheckStep step, Problem warning) {
    recorder.record(
        JOB,
        new StepReport(step, Outcome.WARNING, Duration.ZERO, warning.message())
            .at(warning.property(), warning.location().toString()));
  }

  /** Returns the result, or empty after reporting every problem that is not reported yet. */
  private <T> Optional<T> attempt(CheckStep step, Supplier<T> question) {
    stepBegin = System.nanoTime();
    try {
      return Optional.of(question.get());
    } catch (InvalidDefinitionException e) {
      e.problems().stream()
          .filter(problem -> !reported.contains(problem))
          .forEach(problem -> fail(step, problem));
      e.unchecked()
          .forEach(
              part ->
                  recorder.record(
                      JOB,
                      new StepReport(step, Outcome.NOT_TRIED, Duration.ZERO, part.message())
                          .at(part.property(), part.location().toString())));
      return Optional.empty();
    }
  }

  private void fail(CheckStep step, Problem problem) {
    reported.add(problem);
    recorder.record(
        JOB,
        new StepReport(step, Outcome.FAILED, since(stepBegin), problem.message())
            .at(problem.property(), problem.location().toString()));
  }

  private void succeed(CheckStep step, String answer) {
    recorder.record(JOB, new StepReport(step, Outcome.OK, since(stepBegin), answer));
  }

  private void checkTables(ComposedJob job) {
    JobDefinition definition = job.definition();
    Map<String, KafkaTable> tables = KafkaTables.of(job);
    definition
        .inputs()
        .forEach(
            (name, input) -> {
              String path = "inputs." + name;
              recorder.announce(
                  path,
                  input.isKafka() ? tables.get(path).where() : "connector " + input.connector());
            });
    definition
        .outputs()
        .keySet()
        .forEach(
            alias -> recorder.announce("outputs." + alias, tables.get("outputs." + alias).where()));
    definition.inputs().forEach(this::reportOtherConnector);
    SafeDowntime downtime;
    try (FileChecks files = FileChecks.start(definition, recorder)) {
      downtime =
          KafkaChecks.run(
              tables.values(),
              CheckScope.EVERYTHING,
              property -> definition.problem(property, "").location().toString(),
              recorder);
    }
    reportDowntime(downtime);
  }

  private void reportDowntime(SafeDowntime downtime) {
    if (downtime.transactions().isEmpty() && downtime.retentions().isEmpty()) {
      return;
    }
    recorder.announce(DOWNTIME, "of the whole job");
    recorder.record(
        DOWNTIME,
        new StepReport(
            CheckStep.DOWNTIME,
            downtime.limit().isPresent() ? Outcome.OK : Outcome.NOT_TRIED,
            Duration.ZERO,
            downtime.toString()));
    recorder.finish(DOWNTIME);
  }

  private void reportOtherConnector(String name, InputDefinition input) {
    if (!input.isKafka() && !FileInput.is(input)) {
      recorder.record(
          "inputs." + name,
          new StepReport(
              CheckStep.CONNECTOR,
              Outcome.NOT_TRIED,
              Duration.ZERO,
              "not a Kafka connector; only its planning is checked"));
      recorder.finish("inputs." + name);
    }
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static String count(int count, String what) {
    return "%d %s%s".formatted(count, what, count == 1 ? "" : "s");
  }
}
