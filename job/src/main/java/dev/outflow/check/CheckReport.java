package dev.outflow.check;

import java.time.Duration;
import java.util.List;

/**
 * What a check has found.
 *
 * @param definition the file, as it was named
 * @param targets the definition first, then inputs and outputs in their order
 */
public record CheckReport(String definition, List<TargetReport> targets, Duration took) {
  /** The exit code when all is well, warnings included. */
  public static final int WELL = 0;

  /** When a step about Kafka or what leads to it failed. */
  public static final int FAILED = 1;

  /** When the definition is wrong. */
  public static final int WRONG = 2;

  public CheckReport {
    targets = List.copyOf(targets);
  }

  /** The worst of all steps. */
  public Outcome outcome() {
    if (count(Outcome.FAILED) > 0) {
      return Outcome.FAILED;
    }
    return count(Outcome.WARNING) > 0 ? Outcome.WARNING : Outcome.OK;
  }

  /** How many steps had this outcome. */
  public long count(Outcome outcome) {
    return targets.stream()
        .flatMap(target -> target.steps().stream())
        .map(Step::outcome)
        .filter(outcome::equals)
        .count();
  }

  /** {@link #WELL}, {@link #FAILED} or {@link #WRONG}. */
  public int exitCode() {
    boolean wrong =
        targets.stream()
            .filter(target -> target.path().equals(JobCheck.JOB))
            .flatMap(target -> target.steps().stream())
            .anyMatch(step -> step.outcome() == Outcome.FAILED);
    if (wrong) {
      return WRONG;
    }
    return outcome() == Outcome.FAILED ? FAILED : WELL;
  }
}
