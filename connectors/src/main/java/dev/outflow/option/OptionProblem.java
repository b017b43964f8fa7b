package dev.outflow.option;

/**
 * A problem with an option.
 *
 * @param key the option as the user wrote it: {@code compression-type}
 * @param message the problem and the remedy, without the key and without secrets
 */
public record OptionProblem(String key, String message) {
  /** Masks passwords in values that the message repeats. */
  public OptionProblem {
    message = Redaction.inText(message);
  }

  @Override
  public String toString() {
    return key + ": " + message;
  }
}
