package dev.outflow.kafka.output;

import dev.outflow.secret.Causes;

/** A format cannot serialize a row. Messages of causes can contain its values. */
final class RowSerializationException extends RuntimeException {
  private RowSerializationException(RuntimeException cause) {
    super(cause);
  }

  /** Formats wrap everything, even that the memory is full, which is no fault of the row. */
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
