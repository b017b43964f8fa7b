package dev.outflow.testing.rows;

import dev.outflow.kafka.changelog.ChangelogOperator;
import dev.outflow.lookup.OneColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;
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
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;

/** A bounded table of the rows in {@link RowStore}. */
final class RowTable implements ScanTableSource, SupportsReadingMetadata {
  private final String name;
  private final String rows;
  private final ResolvedSchema schema;
  private final List<Column> columns;
  private final List<Column> read;
  private DataType produced;

  /**
   * @param rows the id of the rows
   * @param schema its columns; rows have values for those that are not computed, in that order
   */
  RowTable(String name, String rows, ResolvedSchema schema) {
    this(name, rows, schema, schema.getColumns().stream().filter(RowTableFactory::isRead).toList());
  }

  private RowTable(String name, String rows, ResolvedSchema schema, List<Column> columns) {
    this(
        name,
        rows,
        schema,
        columns,
        columns.stream().filter(Column::isPhysical).toList(),
        type(columns.stream().filter(Column::isPhysical).toList()));
  }

  private RowTable(
      String name,
      String rows,
      ResolvedSchema schema,
      List<Column> columns,
      List<Column> read,
      DataType produced) {
    this.name = name;
    this.rows = rows;
    this.schema = schema;
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
    return schema.getPrimaryKey().isPresent() ? ChangelogMode.all() : ChangelogMode.insertOnly();
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
    List<RowData> data = data(context);
    TypeInformation<RowData> given = context.createTypeInformation(nullable(produced));
    TypeInformation<RowData> type = context.createTypeInformation(produced);
    Optional<ChangelogOperator> changelog = schema.getPrimaryKey().map(this::changelog);
    return new DataStreamScanProvider() {
      @Override
      public DataStream<RowData> produceDataStream(
          ProviderContext provider, StreamExecutionEnvironment environment) {
        return changelog
            .map(
                operator ->
                    operator.apply(stream(environment, data, given), type, Optional.empty()))
            .orElseGet(() -> stream(environment, data, type));
      }

      @Override
      public boolean isBounded() {
        return true;
      }
    };
  }

  private DataStream<RowData> stream(
      StreamExecutionEnvironment environment, List<RowData> data, TypeInformation<RowData> type) {
    if (!data.isEmpty()) {
      return environment.fromData(data, type);
    }
    // Flink rejects an empty collection.
    List<RowData> none = List.of(new GenericRowData(read.size()));
    return environment.fromData(none, type).filter(row -> false);
  }

  /** A deletion has values for its key and its time only. */
  private static DataType nullable(DataType row) {
    return DataTypes.ROW(
            DataType.getFields(row).stream()
                .map(field -> DataTypes.FIELD(field.getName(), field.getDataType().nullable()))
                .toList())
        .notNull();
  }

  private ChangelogOperator changelog(UniqueConstraint key) {
    List<String> names = read.stream().map(Column::getName).toList();
    int time =
        schema.getWatermarkSpecs().stream()
            .findFirst()
            .map(watermark -> names.indexOf(watermark.getRowtimeAttribute()))
            .orElse(-1);
    return new ChangelogOperator(
        name,
        (RowType) produced.getLogicalType(),
        key.getColumns().stream().map(names::indexOf).toList(),
        time);
  }

  String id() {
    return rows;
  }

  /** Returns the type of the rows that a query reads. */
  LogicalType type() {
    return produced.getLogicalType();
  }

  /** Returns the rows that a query reads. */
  List<RowData> data(Context context) {
    DataStructureConverter converter = context.createDataStructureConverter(produced);
    converter.open(RuntimeConverter.Context.create(RowTable.class.getClassLoader()));
    return data(RowStore.read(rows), converter);
  }

  private List<RowData> data(InputRows stored, DataStructureConverter converter) {
    if (stored instanceof InputRows.Decoded decoded) {
      return decoded.project(read);
    }
    return ((InputRows.Given) stored)
        .rows().stream().map(row -> (RowData) converter.toInternal(asRead(row))).toList();
  }

  private Row asRead(Row row) {
    List<Column> given = columns.stream().filter(RowTableFactory::isGiven).toList();
    Row asRead = new Row(row.getKind(), read.size());
    for (int at = 0; at < read.size(); at++) {
      Column column = read.get(at);
      asRead.setField(
          at, OneColumn.is(column) ? OneColumn.VALUE : row.getField(given.indexOf(column)));
    }
    return asRead;
  }

  @Override
  public DynamicTableSource copy() {
    return new RowTable(name, rows, schema, columns, read, produced);
  }

  @Override
  public String asSummaryString() {
    return "rows of a test";
  }
}
