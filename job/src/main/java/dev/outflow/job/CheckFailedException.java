package dev.outflow.job;

import org.apache.flink.api.common.InvalidProgramException;

/**
 * A check that has not gone well. Its steps have been printed; it has no stack trace, and {@code
 * flink run} prints the message of such an exception only.
 */
public final class CheckFailedException extends InvalidProgramException {
  private static final long serialVersionUID = 1;

  CheckFailedException(String message) {
    super(message);
    setStackTrace(new StackTraceElement[0]);
  }
}
