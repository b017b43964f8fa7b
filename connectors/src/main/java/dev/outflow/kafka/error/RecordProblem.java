package dev.outflow.kafka.error;

import java.util.Optional;

/**
 * Why a record can never be processed.
 *
 * @param column the faulty column, if known
 * @param message what is wrong and what to do; contains no values of the record
 * @param details the format's own message, which can contain values; empty if there is none
 */
public record RecordProblem(
    ErrorCode code, Optional<String> column, String message, String details) {

  public RecordProblem(ErrorCode code, String message) {
    this(code, Optional.empty(), message, "");
  }

  /** Omits the details, which can contain values. */
  @Override
  public String toString() {
    return column
        .map(name -> "%s: column '%s': %s".formatted(code, name, message))
        .orElseGet(() -> "%s: %s".formatted(code, message));
  }
}
