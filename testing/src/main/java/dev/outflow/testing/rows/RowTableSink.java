package dev.outflow.testing.rows;

import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.types.DataType;

/**
 * A table that collects rows in {@link RowStore}.
 *
 * @param rows the id of the rows
 * @param changes the changes that it collects
 * @param type of a row
 */
record RowTableSink(String rows, ChangelogMode changes, DataType type) implements DynamicTableSink {
  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requested) {
    return changes;
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    return SinkV2Provider.of(new RowSink(rows, context.createDataStructureConverter(type)));
  }

  @Override
  public DynamicTableSink copy() {
    return this;
  }

  @Override
  public String asSummaryString() {
    return "rows of a test";
  }
}
