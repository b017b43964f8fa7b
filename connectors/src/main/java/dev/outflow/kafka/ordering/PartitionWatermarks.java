package dev.outflow.kafka.ordering;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.table.data.RowData;

/**
 * The watermarks of one Kafka partition: just before the bound of its {@link PartitionClock}. The
 * timestamp that comes with a row is its arrival.
 */
final class PartitionWatermarks implements WatermarkGenerator<Tuple2<Integer, RowData>> {
  private final RowLayout rows;
  private final PartitionClock clock;

  private PartitionWatermarks(RowLayout rows, EventOrdering ordering) {
    this.rows = rows;
    this.clock = new PartitionClock(ordering);
  }

  /**
   * For a source of rows with their partitions.
   *
   * @param idleAfter after how long without rows a partition no longer counts; null for never
   */
  static WatermarkStrategy<Tuple2<Integer, RowData>> strategy(
      RowLayout rows, EventOrdering ordering, Duration idleAfter) {
    WatermarkStrategy<Tuple2<Integer, RowData>> strategy =
        context -> new PartitionWatermarks(rows, ordering);
    return idleAfter == null ? strategy : strategy.withIdleness(idleAfter);
  }

  @Override
  public void onEvent(Tuple2<Integer, RowData> row, long arrival, WatermarkOutput output) {
    if (!rows.isBad(row.f1)) {
      clock.place(rows.time(row.f1), arrival, PartitionClock.NONE);
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (clock.bound() != PartitionClock.NONE) {
      output.emitWatermark(new Watermark(clock.bound() - 1));
    }
  }
}
