package dev.outflow.check;

import java.time.Duration;
import java.util.List;

/**
 * The result of a check.
 *
 * @param definition the file, as the user named it
 * @param targets the definition first, then inputs and outputs in their order, then the maximum
 *     safe downtime
 */
public record CheckReport(String definition, List<TargetReport> targets, Duration took) {
  /** The exit code if no step failed; there may be warnings. */
  public static final int PASSED = 0;

  /** The exit code if a step that tests Kafka or the connection to it failed. */
  public static final int FAILED = 1;

  /** The exit code if the definition is invalid. */
  public static final int INVALID = 2;

  public CheckReport {
    targets = List.copyOf(targets);
  }

  /** Returns the worst outcome of all steps. */
  public Outcome outcome() {
    if (count(Outcome.FAILED) > 0) {
      return Outcome.FAILED;
    }
    return count(Outcome.WARNING) > 0 ? Outcome.WARNING : Outcome.OK;
  }

  /** Returns how many steps had this outcome. */
  public long count(Outcome outcome) {
    return targets.stream()
        .flatMap(target -> target.steps().stream())
        .map(StepReport::outcome)
        .filter(outcome::equals)
        .count();
  }

  /** Returns {@link #PASSED}, {@link #FAILED} or {@link #INVALID}. */
  public int exitCode() {
    boolean invalid =
        targets.stream()
            .filter(target -> target.path().equals(JobCheck.JOB))
            .flatMap(target -> target.steps().stream())
            .anyMatch(step -> step.outcome() == Outcome.FAILED);
    if (invalid) {
      return INVALID;
    }
    return outcome() == Outcome.FAILED ? FAILED : PASSED;
  }
}
