package dev.outflow.check;

import java.time.Duration;

/**
 * One thing that was asked, and the answer.
 *
 * @param name what: {@code tls}
 * @param took how long the answer took
 * @param property the property that it is about, as the user wrote it; empty if it is about none
 * @param place where that stands: {@code conf/job.yaml:29:5}; empty if that is not known
 * @param answer what was found and, if it is not well, what to do; without any secret
 */
public record Step(
    String name, Outcome outcome, Duration took, String property, String place, String answer) {
  public Step {
    answer = answer.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /** About no property. */
  public Step(String name, Outcome outcome, Duration took, String answer) {
    this(name, outcome, took, "", "", answer);
  }

  /** The same about this property, written there. */
  public Step at(String writtenProperty, String writtenPlace) {
    return new Step(name, outcome, took, writtenProperty, writtenPlace, answer);
  }
}
