package dev.outflow.sampling;

/** A topic had no records to read. The message says why, and what to do. */
public final class EmptySampleException extends RuntimeException {
  private static final long serialVersionUID = 1;

  EmptySampleException(String message) {
    super(message);
  }
}
