package dev.outflow.capture;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.table.data.RowData;

/**
 * Emits a watermark as soon as it has advanced by a second. A file often ends before the next
 * periodic watermark, and its generator with it.
 */
final class PromptWatermarks implements WatermarkGenerator<RowData> {
  private static final long STEP_MS = 1000;
  private static final long NONE = Long.MIN_VALUE + STEP_MS;

  private final WatermarkGenerator<RowData> generator;
  private final Latest latest = new Latest();
  private long emitted = NONE;

  private PromptWatermarks(WatermarkGenerator<RowData> generator) {
    this.generator = generator;
  }

  /** Returns a strategy with the same watermarks. */
  static WatermarkStrategy<RowData> of(WatermarkStrategy<RowData> strategy) {
    return context -> new PromptWatermarks(strategy.createWatermarkGenerator(context));
  }

  @Override
  public void onEvent(RowData row, long timestamp, WatermarkOutput output) {
    generator.onEvent(row, timestamp, output);
    generator.onPeriodicEmit(latest);
    if (latest.time - STEP_MS >= emitted) {
      emitted = latest.time;
      output.emitWatermark(new Watermark(emitted));
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    generator.onPeriodicEmit(output);
  }

  /** Keeps the latest watermark. */
  private static final class Latest implements WatermarkOutput {
    private long time = NONE;

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
