package dev.outflow.kafka.ordering;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.table.data.RowData;

/**
 * Generates the watermarks of one Kafka partition, 1 ms below the bound of its {@link
 * PartitionClock}. A row's timestamp is its arrival time.
 */
final class PartitionWatermarks implements WatermarkGenerator<Tuple2<String, RowData>> {
  private final RowLayout layout;
  private final PartitionClock clock;

  private PartitionWatermarks(RowLayout layout, EventOrdering ordering) {
    this.layout = layout;
    this.clock = new PartitionClock(ordering);
  }

  /** Returns the strategy for a source of rows with their partition. */
  static WatermarkStrategy<Tuple2<String, RowData>> strategy(
      RowLayout layout, EventOrdering ordering) {
    return context -> new PartitionWatermarks(layout, ordering);
  }

  @Override
  public void onEvent(Tuple2<String, RowData> row, long arrival, WatermarkOutput output) {
    if (!layout.isBad(row.f1)) {
      clock.adjust(layout.time(row.f1), arrival, PartitionClock.NONE);
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (clock.bound() != PartitionClock.NONE) {
      output.emitWatermark(new Watermark(clock.bound() - 1));
    }
  }
}
