package dev.outflow.kafka.retention;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** Records are lost. Fails the job without a restart, which cannot bring them back. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class LostInputException extends IllegalStateException {
  LostInputException(String message) {
    super(message);
  }
}
