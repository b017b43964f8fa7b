package dev.outflow.testing.rows;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.connector.RuntimeConverter;
import org.apache.flink.table.connector.sink.DynamicTableSink.DataStructureConverter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.Row;

/**
 * Collects rows for a test in the same JVM.
 *
 * @param id of the rows in {@link RowStore}
 */
record RowSink(String id, DataStructureConverter converter) implements Sink<RowData> {
  private static final long serialVersionUID = 1;

  @Override
  public SinkWriter<RowData> createWriter(WriterInitContext context) {
    converter.open(RuntimeConverter.Context.create(RowSink.class.getClassLoader()));
    return new SinkWriter<>() {
      @Override
      public void write(RowData row, Context timestamps) {
        RowStore.add(id, (Row) converter.toExternal(row));
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
