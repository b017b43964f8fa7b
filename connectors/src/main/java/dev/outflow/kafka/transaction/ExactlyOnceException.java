package dev.outflow.kafka.transaction;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * Exactly-once is impossible or was violated. Fails the job without a restart, which cannot help.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class ExactlyOnceException extends IllegalStateException {
  ExactlyOnceException(String message) {
    super(message);
  }

  ExactlyOnceException(String message, Throwable cause) {
    super(message, cause);
  }
}
