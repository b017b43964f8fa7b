package dev.outflow.capture;

import dev.outflow.kafka.error.BadRecordException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;

/** Passes events on as rows, whose timestamp is the time of the event in the event hub. */
class SplitRowOutput implements SourceOutput<CapturedEvent> {
  private final SourceOutput<RowData> output;
  private final KafkaRecordDeserializationSchema<RowData> rows;

  SplitRowOutput(SourceOutput<RowData> output, KafkaRecordDeserializationSchema<RowData> rows) {
    this.output = output;
    this.rows = rows;
  }

  /**
   * {@inheritDoc}
   *
   * @throws BadRecordException if a row is bad and the policy is to fail
   * @throws UncheckedIOException if the file cannot be read
   */
  @Override
  public void collect(CapturedEvent captured) {
    if (captured.failure() != null) {
      throw new UncheckedIOException(captured.failure().getMessage(), captured.failure());
    }
    long enqueued = captured.event().timestamp();
    try {
      rows.deserialize(
          captured.event(),
          new Collector<>() {
            @Override
            public void collect(RowData row) {
              output.collect(row, enqueued);
            }

            @Override
            public void close() {}
          });
    } catch (BadRecordException e) {
      throw new BadRecordException(
          "%s: %s".formatted(captured.file(), e.getMessage()), e.problem().orElse(null));
    } catch (IOException e) {
      throw new UncheckedIOException(captured.file() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void collect(CapturedEvent captured, long timestamp) {
    collect(captured);
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
