package dev.outflow.check;

import org.apache.flink.api.common.InvalidProgramException;

/**
 * A check that has not gone well, with each step that failed. It has no stack trace, and {@code
 * flink run} prints only the message of such an exception.
 */
public final class CheckFailedException extends InvalidProgramException {
  private static final long serialVersionUID = 1;

  public CheckFailedException(String message) {
    super(message);
    setStackTrace(new StackTraceElement[0]);
  }
}
