package dev.outflow.kafka.silence;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Advances the watermarks of another generator while the partition is silent.
 *
 * <p>Flink creates a generator for each partition, and one for the source itself, without telling
 * which: a record tells. Before its first record, a generator emits the lowest watermark of all
 * partitions of the subtask, which is right for any of them.
 */
final class SilenceWatermarks<T> implements WatermarkGenerator<T> {
  /**
   * After this time without a partition, in ms, the subtask gets none, because there are more
   * subtasks than partitions: if their discovery takes longer than Kafka's {@code
   * default.api.timeout.ms}, the job fails.
   */
  static final long UNASSIGNED = Duration.ofMinutes(1).toMillis();

  private final WatermarkGenerator<T> records;
  private final SubtaskProgress progress;
  private final Silence silence;
  private final LongSupplier clock;
  private final long unassigned;
  private final Highest highest = new Highest();
  private PartitionProgress partition;
  private long lastEvent;

  /** {@code clock} measures idleness, in ms; it stops while the subtask is blocked. */
  SilenceWatermarks(
      WatermarkGenerator<T> records,
      SubtaskProgress progress,
      Silence silence,
      LongSupplier clock) {
    this.records = records;
    this.progress = progress;
    this.silence = silence;
    this.clock = clock;
    this.unassigned =
        silence.idleAfter() == null
            ? UNASSIGNED
            : Math.min(UNASSIGNED, silence.idleAfter().toMillis());
    this.lastEvent = clock.getAsLong();
  }

  @Override
  public void onEvent(T event, long timestamp, WatermarkOutput output) {
    partition = progress.current();
    lastEvent = clock.getAsLong();
    records.onEvent(event, timestamp, highest);
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    records.onPeriodicEmit(highest);
    if (partition == null) {
      emitUnread(output);
      return;
    }
    partition.advanceWatermark(highest.time);
    if (isIdle() && !partition.isConfirmed()) {
      output.markIdle();
    } else {
      emit(partition.watermark(silence.distance().toMillis()), output);
    }
  }

  private void emitUnread(WatermarkOutput output) {
    if (progress.partitions().isEmpty()) {
      if (clock.getAsLong() - lastEvent >= unassigned) {
        output.markIdle();
      }
      return;
    }
    if (progress.unread().isEmpty()) {
      output.markIdle(); // The generator of the source: all partitions have their own.
    } else if (isIdle() && !progress.unread().stream().allMatch(PartitionProgress::isConfirmed)) {
      output.markIdle();
    } else {
      emit(progress.lowestWatermark(silence.distance().toMillis()), output);
    }
  }

  private boolean isIdle() {
    return silence.idleAfter() != null
        && clock.getAsLong() - lastEvent >= silence.idleAfter().toMillis();
  }

  private static void emit(long time, WatermarkOutput output) {
    if (time != PartitionProgress.NONE) {
      output.emitWatermark(new Watermark(time));
    }
  }

  /** Takes the place of the output, for the highest watermark of the records. */
  private static final class Highest implements WatermarkOutput {
    private long time = PartitionProgress.NONE;

    @Override
    public void emitWatermark(Watermark watermark) {
      time = Math.max(time, watermark.getTimestamp());
    }

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}
  }
}
