package dev.outflow.kafka.transaction;

import dev.outflow.option.InvalidOptionsException;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The checkpoint settings that determine how long a transaction stays open: it begins with one
 * checkpoint and is committed when the next completes.
 *
 * @param interval between the starts of two checkpoints
 * @param timeout after which Flink aborts a checkpoint
 */
public record CheckpointTimes(Duration interval, Duration timeout) implements Serializable {
  /** No checkpoints: they are off, or in batch mode, where a job commits when it finishes. */
  public static final CheckpointTimes NONE = new CheckpointTimes(Duration.ZERO, Duration.ZERO);

  /**
   * Returns a job's settings.
   *
   * @throws InvalidOptionsException if a streaming job has no checkpoints: nothing would ever be
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
                        ("exactly-once requires checkpoints, which are off; set Flink's '%s',"
                                + " e.g. to 10 s, or use at-least-once")
                            .formatted(CheckpointingOptions.CHECKPOINTING_INTERVAL.key())));
    Duration pause = job.get(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS);
    return new CheckpointTimes(
        interval.compareTo(pause) < 0 ? pause : interval,
        job.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT));
  }

  /** Returns a job's settings, or {@link #NONE} if checkpoints are off. */
  public static CheckpointTimes ifOn(ReadableConfig job) {
    return job.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL).isPresent()
        ? of(job)
        : NONE;
  }

  /** The maximum age of a transaction when the checkpoint that commits it completes. */
  public Duration longestTransaction() {
    return interval.plus(timeout);
  }
}
