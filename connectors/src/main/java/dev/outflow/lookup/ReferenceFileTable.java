package dev.outflow.lookup;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.InputFormatProvider;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.lookup.LookupFunctionProvider;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * A table of reference data for lookup joins: {@code JOIN ... FOR SYSTEM_TIME AS OF o.proc}. Other
 * queries read the file once.
 */
final class ReferenceFileTable
    implements LookupTableSource, ScanTableSource, SupportsReadingMetadata {
  private final String name;
  private final Duration interval;
  private ReferenceFile file;
  private RowType type;

  ReferenceFileTable(String name, ReferenceFile file, RowType type, Duration interval) {
    this.name = name;
    this.file = file;
    this.type = type;
    this.interval = interval;
  }

  @Override
  public Map<String, DataType> listReadableMetadata() {
    return Map.of(OneColumn.KEY, OneColumn.TYPE);
  }

  @Override
  public void applyReadableMetadata(List<String> keys, DataType produced) {
    file = file.withOne(!keys.isEmpty());
    type = (RowType) produced.getLogicalType();
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    return InputFormatProvider.of(new ReferenceFileInputFormat(file));
  }

  @Override
  public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
    int[] columns = Arrays.stream(context.getKeys()).mapToInt(path -> path[0]).toArray();
    boolean isNested = Arrays.stream(context.getKeys()).anyMatch(path -> path.length > 1);
    if (isNested) {
      throw new ValidationException(
          "table '%s' can only be joined by whole columns, not by a field of %s"
              .formatted(
                  name,
                  Arrays.stream(columns)
                      .mapToObj(column -> type.getFieldNames().get(column))
                      .collect(joining(", "))));
    }
    return LookupFunctionProvider.of(
        new ReferenceFileLookup(name, file, new ReferenceKey(type, columns), interval));
  }

  @Override
  public DynamicTableSource copy() {
    return new ReferenceFileTable(name, file, type, interval);
  }

  @Override
  public String asSummaryString() {
    return "reference file " + file.path().written();
  }
}
