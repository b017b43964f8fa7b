package dev.outflow.kafka.error;

import java.util.Optional;

/**
 * Why a record, or one row of it, can never be processed.
 *
 * @param row the number of the row in the record, from 1, if the record has several
 * @param column the faulty column, if known
 * @param reason what is wrong and what to do; contains no values of the record
 * @param details the format's own message, which can contain values; empty if there is none
 */
public record RecordProblem(
    ErrorCode code, Optional<Integer> row, Optional<String> column, String reason, String details) {

  /** Creates the problem of a record with one row. */
  public RecordProblem(ErrorCode code, Optional<String> column, String reason, String details) {
    this(code, Optional.empty(), column, reason, details);
  }

  public RecordProblem(ErrorCode code, String reason) {
    this(code, Optional.empty(), reason, "");
  }

  /** Returns the same problem of one of several rows. */
  public RecordProblem inRow(int number) {
    return new RecordProblem(code, Optional.of(number), column, reason, details);
  }

  /** Returns the same problem without a row. */
  public RecordProblem withoutRow() {
    return new RecordProblem(code, column, reason, details);
  }

  /** Returns the reason and the row, without the column. */
  public String message() {
    return place() + reason;
  }

  private String place() {
    return row.map("row %d of the message: "::formatted).orElse("");
  }

  /** Omits the details, which can contain values. */
  @Override
  public String toString() {
    return column
        .map(name -> "%s: %scolumn '%s': %s".formatted(code, place(), name, reason))
        .orElseGet(() -> "%s: %s".formatted(code, message()));
  }
}
