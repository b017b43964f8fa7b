package dev.outflow.check;

/**
 * The result of a step that did not fail.
 *
 * @param value for the steps that follow; null if they cannot continue
 * @param property the property to look at, if {@code outcome} is a warning
 * @param text for people
 */
record StepResult<T>(Outcome outcome, T value, String property, String text) {

  static <T> StepResult<T> ok(T value, String text) {
    return new StepResult<>(Outcome.OK, value, "", text);
  }

  /** A result that the brokers do not report: neither passed nor failed. */
  static <T> StepResult<T> unknown(T value, String reason) {
    return new StepResult<>(Outcome.NOT_TRIED, value, "", "unknown: " + reason);
  }

  static <T> StepResult<T> warning(T value, String property, String text) {
    return new StepResult<>(Outcome.WARNING, value, property, text);
  }
}
