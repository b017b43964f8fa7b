package dev.outflow.local.preview;

import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * {@code 'connector' = 'outflow-observed-input'}: counts the rows of an input and reports bad and
 * late ones to a {@link PreviewFeed}.
 */
public final class ObservedInputFactory implements DynamicTableSinkFactory {
  static final String IDENTIFIER = "outflow-observed-input";

  static final ConfigOption<String> INPUT =
      ConfigOptions.key("input").stringType().noDefaultValue();

  /** The columns of the format. */
  static final ConfigOption<List<String>> VALUE_COLUMNS =
      ConfigOptions.key("value-columns").stringType().asList().noDefaultValue();

  /** The event time; none if absent. */
  static final ConfigOption<String> TIME_COLUMN =
      ConfigOptions.key("time-column").stringType().noDefaultValue();

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(PreviewedOutputFactory.FEED, INPUT, VALUE_COLUMNS);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(TIME_COLUMN);
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context table) {
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, table);
    helper.validate();
    return new ObservedInputTable(
        helper.getOptions().get(PreviewedOutputFactory.FEED),
        helper.getOptions().get(INPUT),
        ObservedColumns.of(
            table.getPhysicalRowDataType(),
            helper.getOptions().get(VALUE_COLUMNS),
            helper.getOptions().getOptional(TIME_COLUMN)));
  }
}
