package dev.outflow.check;

import dev.outflow.kafka.BrokerFailure;
import dev.outflow.kafka.KafkaConnection;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Runs the steps of one table and reports each as soon as it is done. */
final class StepRunner {
  private final KafkaTable table;
  private final String topic;
  private final CheckScope scope;
  private final TimeBudget budget;
  private final Consumer<StepReport> reports;

  /** The reason why a step has no result and the steps that depend on it are skipped. */
  private final Map<CheckStep, String> reasons = new ConcurrentHashMap<>();

  private final List<StepReport> failures = new CopyOnWriteArrayList<>();

  /**
   * Creates a runner.
   *
   * @param reports receives each report, with the property as the table's options name it
   */
  StepRunner(KafkaTable table, CheckScope scope, TimeBudget budget, Consumer<StepReport> reports) {
    this(table, table.topics().first().orElse(table.topics().toString()), scope, budget, reports);
  }

  private StepRunner(
      KafkaTable table,
      String topic,
      CheckScope scope,
      TimeBudget budget,
      Consumer<StepReport> reports) {
    this.table = table;
    this.topic = topic;
    this.scope = scope;
    this.budget = budget;
    this.reports = reports;
  }

  /** Returns a runner for the steps of another topic, after those of the connection. */
  StepRunner forTopic(String other) {
    StepRunner runner = new StepRunner(table, other, scope, budget, reports);
    runner.reasons.putAll(reasons);
    return runner;
  }

  KafkaConnection connection() {
    return table.connection();
  }

  CheckScope scope() {
    return scope;
  }

  TimeBudget budget() {
    return budget;
  }

  /**
   * Runs one step within its limit, unless it is out of scope or one that it needs has failed.
   *
   * @return its value for the following steps; empty if there is none
   */
  <T> Optional<T> run(CheckStep step, Callable<StepResult<T>> question) {
    if (!scope.includes(step) || reasons.containsKey(step)) {
      return Optional.empty();
    }
    for (CheckStep need : step.needs()) {
      if (reasons.containsKey(need)) {
        skip(step, reasons.get(need));
        return Optional.empty();
      }
    }
    long begin = System.nanoTime();
    try {
      StepResult<T> result = budget.within(step.limit(), question);
      report(step, result.outcome(), begin, result.property(), result.text());
      if (result.value() == null) {
        reasons.put(step, step + " unknown");
      }
      return Optional.ofNullable(result.value());
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      reasons.put(step, step + " failed");
      problems(e, step.limit()).forEach(problem -> fail(step, begin, problem));
      return Optional.empty();
    }
  }

  /** Asks several the same question, in slightly less than the step's limit: some may answer. */
  <A, T> PartialResults<A, T> askAll(
      CheckStep step, Collection<A> asked, TimeBudget.Question<A, T> question)
      throws InterruptedException {
    return budget.askAll(asked, step.limit().minusMillis(200), question);
  }

  /** Skips a step and those that depend on it. */
  void skip(CheckStep step, String reason) {
    reasons.put(step, reason);
    reportNotTried(step, reason);
  }

  /** Skips a step, and those that depend on it, because another one failed. */
  void skip(CheckStep step, CheckStep failed) {
    skip(step, reasons.getOrDefault(failed, failed + " failed"));
  }

  /** Reports the failures of another table's connection for this table as well. */
  void failLike(StepRunner other) {
    reasons.put(CheckStep.CONNECTION, CheckStep.CONNECTION + " failed");
    other.failures.forEach(reports);
  }

  /** Reports a step that cannot be tried here; steps that depend on it still run. */
  void reportNotTried(CheckStep step, String reason) {
    reports.accept(new StepReport(step, Outcome.NOT_TRIED, Duration.ZERO, "not tried: " + reason));
  }

  private void fail(CheckStep step, long begin, OptionProblem problem) {
    failures.add(report(step, Outcome.FAILED, begin, problem.key(), problem.message()));
  }

  private StepReport report(
      CheckStep step, Outcome outcome, long begin, String property, String text) {
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    StepReport report = new StepReport(step, outcome, took, property, "", text);
    reports.accept(report);
    return report;
  }

  private List<OptionProblem> problems(Throwable failure, Duration limit) {
    if (failure instanceof InvalidOptionsException invalid) {
      return invalid.problems();
    }
    if (failure instanceof ExecutionException && failure.getCause() != null) {
      return problems(failure.getCause(), limit);
    }
    if (failure instanceof TimeoutException) {
      return List.of(new OptionProblem("", failure.getMessage()));
    }
    return List.of(BrokerFailure.explain(failure, table.connection(), topic, limit));
  }
}
