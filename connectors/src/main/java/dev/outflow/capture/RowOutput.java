package dev.outflow.capture;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.table.data.RowData;

/** Passes events on as rows, whose timestamp is the time of the event in the event hub. */
final class RowOutput implements ReaderOutput<CapturedEvent> {
  private final ReaderOutput<RowData> output;
  private final KafkaRecordDeserializationSchema<RowData> rows;
  private boolean hasRead;

  RowOutput(ReaderOutput<RowData> output, KafkaRecordDeserializationSchema<RowData> rows) {
    this.output = output;
    this.rows = rows;
  }

  boolean isOf(ReaderOutput<RowData> other) {
    return output == other;
  }

  /** Returns whether a file has been read since the start. */
  boolean hasRead() {
    return hasRead;
  }

  @Override
  public SourceOutput<CapturedEvent> createOutputForSplit(String split) {
    hasRead = true;
    return new SplitRowOutput(output.createOutputForSplit(split), rows);
  }

  @Override
  public void releaseOutputForSplit(String split) {
    output.releaseOutputForSplit(split);
  }

  @Override
  public void collect(CapturedEvent event) {
    new SplitRowOutput(output, rows).collect(event);
  }

  @Override
  public void collect(CapturedEvent event, long timestamp) {
    collect(event);
  }

  @Override
  public void emitWatermark(Watermark watermark) {
    output.emitWatermark(watermark);
  }

  @Override
  public void markIdle() {
    output.markIdle();
  }

  @Override
  public void markActive() {
    output.markActive();
  }
}
