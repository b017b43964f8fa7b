package dev.outflow.kafka.input;

import dev.outflow.format.reader.MessageReader;
import dev.outflow.format.reader.RowConsumer;
import java.io.IOException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;

/** Reads messages with one of Flink's formats. A message that it cannot decode has no rows. */
record FormatMessageReader(DeserializationSchema<RowData> format) implements MessageReader {
  private static final long serialVersionUID = 1;

  @Override
  public void open(DeserializationSchema.InitializationContext context) throws Exception {
    format.open(context);
  }

  @Override
  public void read(byte[] message, RowConsumer rows) throws IOException {
    format.deserialize(
        message,
        new Collector<>() {
          @Override
          public void collect(RowData row) {
            rows.row(row);
          }

          @Override
          public void close() {}
        });
  }
}
