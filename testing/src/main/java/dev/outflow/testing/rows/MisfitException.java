package dev.outflow.testing.rows;

/** A value that does not fit its column; the message says why, for the one who wrote it. */
public final class MisfitException extends Exception {
  private static final long serialVersionUID = 1;

  MisfitException(String message) {
    super(message);
  }
}
