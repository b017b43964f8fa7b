package dev.outflow.check;

import dev.outflow.kafka.BrokerFailure;
import dev.outflow.kafka.KafkaConnection;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Asks about one target, step by step, and tells each step as soon as it has its answer. */
final class Steps {
  private final KafkaTable target;
  private final TimeBudget patience;
  private final Consumer<Step> listener;
  private final Map<String, String> reasons = new ConcurrentHashMap<>();

  Steps(KafkaTable target, TimeBudget patience, Consumer<Step> listener) {
    this.target = target;
    this.patience = patience;
    this.listener = listener;
  }

  KafkaConnection connection() {
    return target.connection();
  }

  TimeBudget patience() {
    return patience;
  }

  /**
   * One step.
   *
   * @param limit how long the answer may take
   * @param needs names of steps without which there is nothing to ask; those that were not asked
   *     for at all do not count
   * @return what the following steps can use of the answer; empty if nothing
   */
  <T> Optional<T> ask(
      String name, Duration limit, Callable<StepResult<T>> question, String... needs) {
    for (String need : needs) {
      if (reasons.containsKey(need)) {
        skip(name, reasons.get(need));
        return Optional.empty();
      }
    }
    long begin = System.nanoTime();
    try {
      StepResult<T> answer = patience.within(limit, question);
      tell(name, answer.outcome(), begin, answer.property(), answer.text());
      if (answer.value() == null) {
        reasons.put(name, "nothing is known of " + name);
      }
      return Optional.ofNullable(answer.value());
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      reasons.put(name, name + " failed");
      problems(e, limit).forEach(it -> tell(name, Outcome.FAILED, begin, it.key(), it.message()));
      return Optional.empty();
    }
  }

  /** A step that is not tried, and with it those that need it. */
  void skip(String name, String reason) {
    reasons.put(name, reason);
    listener.accept(new Step(name, Outcome.NOT_TRIED, Duration.ZERO, "not tried: " + reason));
  }

  private void tell(String name, Outcome outcome, long begin, String property, String text) {
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    listener.accept(new Step(name, outcome, took, property, "", text));
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
    return List.of(BrokerFailure.explain(failure, target.connection(), target.topic(), limit));
  }
}
