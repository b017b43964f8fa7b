package dev.outflow.capture;

import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.table.data.RowData;

/** The output of a reader, with one of its own for each file. */
final class RowOutput extends SplitRowOutput implements ReaderOutput<CapturedEvent> {
  private final ReaderOutput<RowData> output;
  private final KafkaRecordDeserializationSchema<RowData> rows;
  private boolean hasRead;

  RowOutput(ReaderOutput<RowData> output, KafkaRecordDeserializationSchema<RowData> rows) {
    super(output, rows);
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
}
