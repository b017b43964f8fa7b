package dev.outflow.check;

import org.apache.flink.api.common.InvalidProgramException;

/**
 * A check with failed steps, which the message lists. It has no stack trace, and {@code flink run}
 * prints only the message of such an exception.
 */
public final class CheckFailedException extends InvalidProgramException {
  private static final long serialVersionUID = 1;

  public CheckFailedException(String message) {
    super(message);
    setStackTrace(new StackTraceElement[0]);
  }
}
