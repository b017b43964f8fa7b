package dev.outflow.testing.rows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.lookup.LookupFunctionProvider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * A table of rows that lookup joins find, as they find those of {@code reference-file}; other
 * queries read them once.
 */
record RowLookupTable(RowTable table)
    implements ScanTableSource, LookupTableSource, SupportsReadingMetadata {
  @Override
  public Map<String, DataType> listReadableMetadata() {
    return table.listReadableMetadata();
  }

  @Override
  public void applyReadableMetadata(List<String> keys, DataType produced) {
    table.applyReadableMetadata(keys, produced);
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return table.getChangelogMode();
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    return table.getScanRuntimeProvider(context);
  }

  @Override
  public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
    int[] columns = Arrays.stream(context.getKeys()).mapToInt(path -> path[0]).toArray();
    List<RowData> rows = table.data(context);
    return LookupFunctionProvider.of(
        new RowLookup(RowStore.keep(table.id(), rows), (RowType) table.type(), columns));
  }

  @Override
  public DynamicTableSource copy() {
    return new RowLookupTable((RowTable) table.copy());
  }

  @Override
  public String asSummaryString() {
    return table.asSummaryString();
  }
}
