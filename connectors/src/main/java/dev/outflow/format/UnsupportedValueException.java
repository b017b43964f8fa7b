package dev.outflow.format;

/** A row has a value that is rare and hard to write as Flink does: Flink has to do it. */
final class UnsupportedValueException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Without a stack trace, since nobody is told. */
  UnsupportedValueException() {
    super("a value that is left to Flink", null, false, false);
  }
}
