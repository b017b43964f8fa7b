package dev.outflow.testing.rows;

/** A value does not fit the type of its column; the message is for the author of the value. */
final class TypeMismatchException extends Exception {
  private static final long serialVersionUID = 1;

  TypeMismatchException(String message) {
    super(message);
  }
}
