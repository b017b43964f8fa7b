package dev.outflow.kafka.error;

import java.util.Optional;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** A record can never be processed. The job fails without a restart, which could not help. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class BadRecordException extends IllegalStateException {
  private final transient RecordProblem problem;

  /** {@code message} identifies the record and contains none of its values. */
  public BadRecordException(String message, RecordProblem problem) {
    super(message);
    this.problem = problem;
  }

  /** Returns what is wrong; empty once the exception was sent to another process. */
  public Optional<RecordProblem> problem() {
    return Optional.ofNullable(problem);
  }
}
