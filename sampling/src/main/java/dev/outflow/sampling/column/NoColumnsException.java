package dev.outflow.sampling.column;

/** Columns cannot be inferred from a sample. The message says why, and what to do. */
public final class NoColumnsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoColumnsException(String message) {
    super(message);
  }
}
