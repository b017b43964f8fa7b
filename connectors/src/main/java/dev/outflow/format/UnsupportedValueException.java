package dev.outflow.format;

/** A row contains a rare value that only Flink's format writes correctly. */
final class UnsupportedValueException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Omits the stack trace: {@link DirectSerializer} always catches it. */
  UnsupportedValueException() {
    super("left to Flink's format", null, false, false);
  }
}
