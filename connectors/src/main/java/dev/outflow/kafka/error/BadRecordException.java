package dev.outflow.kafka.error;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** A record can never be processed. The job fails without a restart, which could not help. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class BadRecordException extends IllegalStateException {
  /** {@code message} identifies the record and contains none of its values. */
  public BadRecordException(String message) {
    super(message);
  }
}
