package dev.outflow.testing.rows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.RuntimeConverter;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;

/** A bounded table of the rows in {@link RowStore}. */
final class RowTable implements ScanTableSource, SupportsReadingMetadata {
  private final String rows;
  private final List<Column> columns;
  private final List<Column> read;
  private DataType produced;

  /**
   * @param rows the id of the rows
   * @param columns the columns that rows have values for, in that order
   */
  RowTable(String rows, List<Column> columns) {
    this(
        rows,
        columns,
        columns.stream().filter(Column::isPhysical).toList(),
        type(columns.stream().filter(Column::isPhysical).toList()));
  }

  private RowTable(String rows, List<Column> columns, List<Column> read, DataType produced) {
    this.rows = rows;
    this.columns = columns;
    this.read = new ArrayList<>(read);
    this.produced = produced;
  }

  private static DataType type(List<Column> columns) {
    return DataTypes.ROW(
            columns.stream()
                .map(column -> DataTypes.FIELD(column.getName(), column.getDataType()))
                .toList())
        .notNull();
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }

  @Override
  public Map<String, DataType> listReadableMetadata() {
    Map<String, DataType> types = new LinkedHashMap<>();
    columns.stream()
        .filter(column -> !column.isPhysical())
        .forEach(column -> types.put(key(column), column.getDataType()));
    return types;
  }

  @Override
  public void applyReadableMetadata(List<String> keys, DataType producedDataType) {
    read.removeIf(column -> !column.isPhysical());
    for (String key : keys) {
      columns.stream()
          .filter(column -> !column.isPhysical() && key(column).equals(key))
          .findFirst()
          .ifPresent(read::add);
    }
    produced = producedDataType;
  }

  private static String key(Column column) {
    return ((Column.MetadataColumn) column).getMetadataKey().orElse(column.getName());
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    DataStructureConverter converter = context.createDataStructureConverter(produced);
    converter.open(RuntimeConverter.Context.create(RowTable.class.getClassLoader()));
    List<RowData> data = data(RowStore.read(rows), converter);
    TypeInformation<RowData> type = context.createTypeInformation(produced);
    return new DataStreamScanProvider() {
      @Override
      public DataStream<RowData> produceDataStream(
          ProviderContext provider, StreamExecutionEnvironment environment) {
        if (!data.isEmpty()) {
          return environment.fromData(data, type);
        }
        // Flink rejects an empty collection.
        List<RowData> none = List.of(new GenericRowData(read.size()));
        return environment.fromData(none, type).filter(row -> false);
      }

      @Override
      public boolean isBounded() {
        return true;
      }
    };
  }

  private List<RowData> data(InputRows stored, DataStructureConverter converter) {
    if (stored instanceof InputRows.Decoded decoded) {
      return decoded.project(read);
    }
    return ((InputRows.Given) stored)
        .rows().stream().map(row -> (RowData) converter.toInternal(asRead(row))).toList();
  }

  private Row asRead(Row row) {
    return Row.of(read.stream().map(column -> row.getField(columns.indexOf(column))).toArray());
  }

  @Override
  public DynamicTableSource copy() {
    return new RowTable(rows, columns, read, produced);
  }

  @Override
  public String asSummaryString() {
    return "rows of a test";
  }
}
