package dev.outflow.kafka.ordering;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.table.data.RowData;

/**
 * The watermarks of one Kafka partition: just before the bound of its {@link PartitionClock}. The
 * timestamp that comes with a row is its arrival.
 */
public final class PartitionWatermarks implements WatermarkGenerator<RowData> {
  private final EventTimeField time;
  private final PartitionClock clock;

  private PartitionWatermarks(EventTimeField time, EventOrdering ordering) {
    this.time = time;
    this.clock = new PartitionClock(ordering);
  }

  /**
   * For a source of rows, each with its arrival as timestamp.
   *
   * @param idleAfter after how long without rows a partition no longer counts; null for never
   */
  public static WatermarkStrategy<RowData> strategy(
      EventTimeField time, EventOrdering ordering, Duration idleAfter) {
    WatermarkStrategy<RowData> strategy =
        context -> new PartitionWatermarks(time, ordering);
    return idleAfter == null ? strategy : strategy.withIdleness(idleAfter);
  }

  @Override
  public void onEvent(RowData row, long arrival, WatermarkOutput output) {
    if (!time.isNull(row)) {
      clock.place(time.of(row), arrival, PartitionClock.NONE);
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (clock.bound() != PartitionClock.NONE) {
      output.emitWatermark(new Watermark(clock.bound() - 1));
    }
  }
}
