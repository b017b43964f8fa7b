package dev.outflow.kafka.output;

import dev.outflow.secret.Causes;

/** A format cannot serialize a row. Messages of causes can contain its values. */
final class RowSerializationException extends RuntimeException {
  private RowSerializationException(RuntimeException cause) {
    super(cause);
  }

  /** Wraps a failure; rethrows errors of the JVM, which formats wrap too and no row causes. */
  static RowSerializationException of(RuntimeException failure) {
    Causes.of(failure)
        .find(VirtualMachineError.class)
        .filter(error -> !(error instanceof StackOverflowError))
        .ifPresent(
            error -> {
              throw error;
            });
    return new RowSerializationException(failure);
  }

  /** Returns the message of the root cause, which can contain values of the row. */
  String details() {
    Throwable root = Causes.of(this).root();
    return "%s: %s".formatted(root.getClass().getSimpleName(), root.getMessage());
  }
}
