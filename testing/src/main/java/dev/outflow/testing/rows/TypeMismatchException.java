package dev.outflow.testing.rows;

/** A value that does not fit its column; the message says why, for the one who wrote it. */
public final class TypeMismatchException extends Exception {
  private static final long serialVersionUID = 1;

  TypeMismatchException(String message) {
    super(message);
  }
}
