package dev.outflow.testing.rows;

import dev.outflow.lookup.OneColumn;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * {@code 'connector' = 'outflow-rows'}: a bounded table of a test's rows, in their order. METADATA
 * columns have values like any other. With a primary key, each row is the current one of its key,
 * and a row of kind {@code -D} deletes it. Rows that are written to such a table are collected,
 * with their changes.
 */
public final class RowTableFactory implements DynamicTableSourceFactory, DynamicTableSinkFactory {
  public static final String IDENTIFIER = "outflow-rows";

  /** The id of the rows in {@link RowStore}; by default there are none. */
  public static final ConfigOption<String> ROWS =
      ConfigOptions.key("rows").stringType().defaultValue("");

  /** Whether rows that are written change earlier ones with the same primary key. */
  public static final ConfigOption<Boolean> UPSERT =
      ConfigOptions.key("upsert").booleanType().defaultValue(false);

  /** Whether lookup joins find the rows, as those of {@code reference-file}. */
  public static final ConfigOption<Boolean> LOOKUP =
      ConfigOptions.key("lookup").booleanType().defaultValue(false);

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(ROWS, UPSERT, LOOKUP);
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context table) {
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, table);
    helper.validate();
    RowTable rows =
        new RowTable(
            table.getObjectIdentifier().getObjectName(),
            helper.getOptions().get(ROWS),
            table.getCatalogTable().getResolvedSchema());
    return helper.getOptions().get(LOOKUP) ? new RowLookupTable(rows) : rows;
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context table) {
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, table);
    helper.validate();
    return new RowTableSink(
        helper.getOptions().get(ROWS),
        helper.getOptions().get(UPSERT) ? ChangelogMode.upsert() : ChangelogMode.all(),
        table.getPhysicalRowDataType());
  }

  /** Returns whether rows have a value for a column; the others are computed. */
  public static boolean isGiven(Column column) {
    return isRead(column) && !OneColumn.is(column);
  }

  /** Returns whether the table returns a column; Flink computes the others. */
  static boolean isRead(Column column) {
    return column.isPhysical() || column instanceof Column.MetadataColumn;
  }
}
