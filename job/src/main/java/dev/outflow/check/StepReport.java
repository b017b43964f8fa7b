package dev.outflow.check;

import java.time.Duration;

/**
 * The outcome of one step.
 *
 * @param took how long the step took
 * @param property the path of the property to look at, {@code outputs.large_orders.topic}; empty if
 *     there is none
 * @param place its location, {@code conf/job.yaml:29:5}; empty if unknown
 * @param answer the result and, unless it is OK, what to do; never contains a secret
 */
public record StepReport(
    CheckStep step, Outcome outcome, Duration took, String property, String place, String answer) {
  public StepReport {
    answer = answer.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /** A report about no property. */
  public StepReport(CheckStep step, Outcome outcome, Duration took, String answer) {
    this(step, outcome, took, "", "", answer);
  }

  /** Returns this report for a property and its location. */
  public StepReport at(String path, String location) {
    return new StepReport(step, outcome, took, path, location, answer);
  }
}
