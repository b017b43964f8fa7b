package dev.outflow.testing;

/** A job under test failed or did not finish; the message names the root cause. */
public final class JobFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  JobFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  static JobFailedException of(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new JobFailedException(
        "the job failed: %s: %s".formatted(root.getClass().getSimpleName(), root.getMessage()),
        failure);
  }
}
