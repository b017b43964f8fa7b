package dev.outflow.kafka.transaction;

import dev.outflow.option.InvalidOptionsException;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How long a job's checkpoints let a transaction wait: it is opened with one checkpoint, and
 * committed when the next is complete.
 *
 * @param interval from the begin of one checkpoint to that of the next
 * @param timeout how long one may take before Flink gives it up
 */
public record CheckpointTimes(Duration interval, Duration timeout) implements Serializable {
  /** None: without any, or in batch, where the transactions of a job end with the job. */
  public static final CheckpointTimes NONE = new CheckpointTimes(Duration.ZERO, Duration.ZERO);

  /**
   * Those of a job.
   *
   * @throws InvalidOptionsException if it streams and has no checkpoints: nothing would ever be
   *     committed
   */
  public static CheckpointTimes of(ReadableConfig job) {
    if (job.get(ExecutionOptions.RUNTIME_MODE) != RuntimeExecutionMode.STREAMING) {
      return NONE;
    }
    Duration interval =
        job.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
            .orElseThrow(
                () ->
                    InvalidOptionsException.of(
                        "delivery-guarantee",
                        ("exactly-once needs checkpoints, which are off; set Flink's '%s', for"
                                + " example to 10 s, or choose at-least-once")
                            .formatted(CheckpointingOptions.CHECKPOINTING_INTERVAL.key())));
    Duration pause = job.get(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS);
    return new CheckpointTimes(
        interval.compareTo(pause) < 0 ? pause : interval,
        job.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT));
  }

  /** Those of a job, {@link #NONE} if they are off. */
  public static CheckpointTimes ifOn(ReadableConfig job) {
    return job.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL).isPresent()
        ? of(job)
        : NONE;
  }

  /** How old a transaction can be when the checkpoint that commits it is complete. */
  public Duration longestTransaction() {
    return interval.plus(timeout);
  }
}
