package dev.outflow.asa.project;

/** A path is not a job of Azure Stream Analytics; the message says what was expected. */
public final class NotAnAsaJobException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Returns the exception with a message of its own. */
  public static NotAnAsaJobException of(String message) {
    return new NotAnAsaJobException(message);
  }

  NotAnAsaJobException(String message) {
    super(message);
  }
}
