package dev.outflow.testing.rows;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.types.Row;

/**
 * Collects rows for a test in the same JVM.
 *
 * @param id of the rows in {@link RowStore}
 */
public record RowSink(String id) implements Sink<Row> {
  private static final long serialVersionUID = 1;

  @Override
  public SinkWriter<Row> createWriter(WriterInitContext context) {
    return new SinkWriter<>() {
      @Override
      public void write(Row row, Context timestamps) {
        RowStore.add(id, row);
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
