package dev.outflow.kafka.error;

import java.util.Optional;

/**
 * Why a record can never be read or written.
 *
 * @param column where, if that is known
 * @param message what is wrong and what to do; never a value of the record
 * @param details the same in the words of the format, which can hold values; for those who ask
 */
public record RecordProblem(
    ErrorCode code, Optional<String> column, String message, String details) {

  public RecordProblem(ErrorCode code, String message) {
    this(code, Optional.empty(), message, "");
  }

  /** Without the details. */
  @Override
  public String toString() {
    return column
        .map(it -> "%s: column '%s': %s".formatted(code, it, message))
        .orElseGet(() -> "%s: %s".formatted(code, message));
  }
}
