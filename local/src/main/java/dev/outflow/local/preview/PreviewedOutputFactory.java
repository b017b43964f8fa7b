package dev.outflow.local.preview;

import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.output.RedirectedOutputTable;
import dev.outflow.option.ContextWithOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.factories.DynamicTableSinkFactory;

/**
 * {@code 'connector' = 'outflow-previewed-output'}: serializes rows as {@code kafka-output} with
 * the same options does, for a {@link PreviewFeed} instead of Kafka.
 */
public final class PreviewedOutputFactory implements DynamicTableSinkFactory {
  static final String IDENTIFIER = "outflow-previewed-output";

  /** The id of the {@link PreviewFeed}. */
  static final ConfigOption<String> FEED = ConfigOptions.key("feed").stringType().noDefaultValue();

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(FEED, KafkaOptions.BOOTSTRAP_SERVERS);
  }

  /** {@inheritDoc} The options of {@code kafka-output} are validated by its own factory. */
  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context table) {
    Map<String, String> options = new HashMap<>(table.getCatalogTable().getOptions());
    String feed = options.remove(FEED.key());
    String alias = table.getObjectIdentifier().getObjectName();
    return RedirectedOutputTable.of(
        new ContextWithOptions(table, options),
        serializer -> new PreviewedOutputSink(feed, alias, serializer));
  }
}
