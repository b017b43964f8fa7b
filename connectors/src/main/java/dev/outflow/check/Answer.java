package dev.outflow.check;

/**
 * What a question was answered.
 *
 * @param value for the steps that follow; null if they cannot use it
 * @param property the property to look at, if {@code outcome} is a warning
 * @param text for people
 */
record Answer<T>(Outcome outcome, T value, String property, String text) {

  static <T> Answer<T> ok(T value, String text) {
    return new Answer<>(Outcome.OK, value, "", text);
  }

  static <T> Answer<T> warning(T value, String property, String text) {
    return new Answer<>(Outcome.WARNING, value, property, text);
  }
}
