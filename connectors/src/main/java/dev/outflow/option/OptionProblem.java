package dev.outflow.option;

/**
 * One thing that is wrong with one option.
 *
 * @param key the option as the user wrote it: {@code compression-type}
 * @param message what is wrong and what to do, without the key and without any secret
 */
public record OptionProblem(String key, String message) {
  @Override
  public String toString() {
    return key + ": " + message;
  }
}
