package dev.outflow.kafka.transaction;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** Exactly-once cannot be kept, or was not. The job ends: another attempt would change nothing. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class ExactlyOnceException extends IllegalStateException {
  ExactlyOnceException(String message) {
    super(message);
  }

  ExactlyOnceException(String message, Throwable cause) {
    super(message, cause);
  }
}
