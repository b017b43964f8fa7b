package dev.outflow.kafka.input;

import dev.outflow.kafka.ClusterCheck;
import dev.outflow.kafka.option.AvroTimestamps;
import dev.outflow.kafka.option.ContextWithOptions;
import dev.outflow.kafka.option.FormatDefaults;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.option.PlanTimeReferences;
import dev.outflow.security.SecurityOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * {@code 'connector' = 'kafka-input'}: Outflow's words for Flink's own {@code kafka} table, which
 * does the reading and brings metadata columns and watermarks for each partition with it.
 */
public final class KafkaInputTableFactory implements DynamicTableSourceFactory {
  public static final String IDENTIFIER = "kafka-input";
  private static final String FLINK_KAFKA = "kafka";

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(KafkaOptions.BOOTSTRAP_SERVERS, KafkaOptions.TOPIC, FactoryUtil.FORMAT);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    Set<ConfigOption<?>> options = new HashSet<>(SecurityOptions.all());
    options.addAll(
        Set.of(
            KafkaInputOptions.CONSUMER_GROUP_ID,
            KafkaInputOptions.START,
            KafkaInputOptions.BOUNDED));
    return options;
  }

  /**
   * Builds the input.
   *
   * @throws dev.outflow.kafka.option.InvalidOptionsException with everything that is wrong with the
   *     options
   */
  @Override
  public DynamicTableSource createDynamicTableSource(Context table) {
    ClusterCheck.run();
    Map<String, String> written = PlanTimeReferences.read(table.getCatalogTable().getOptions());
    KafkaInput input = KafkaInput.of(written, defaultGroup(table));

    Map<String, String> options = FormatDefaults.addTo(written);
    FactoryUtil.TableFactoryHelper helper =
        FactoryUtil.createTableFactoryHelper(this, new ContextWithOptions(table, options));
    helper.discoverDecodingFormat(DeserializationFormatFactory.class, FactoryUtil.FORMAT);
    helper.validateExcept(KafkaOptions.KAFKA_PREFIX);
    AvroTimestamps.check(options, table.getPhysicalRowDataType());

    Map<String, String> flinkOptions = new HashMap<>(input.flinkOptions());
    String format = options.get(FactoryUtil.FORMAT.key());
    options.forEach(
        (key, value) -> {
          if (key.equals(FactoryUtil.FORMAT.key()) || key.startsWith(format + ".")) {
            flinkOptions.put(key, value);
          }
        });
    flinkOptions.put(FactoryUtil.CONNECTOR.key(), FLINK_KAFKA);
    DynamicTableSource flinkTable =
        FactoryUtil.discoverFactory(
                table.getClassLoader(), DynamicTableSourceFactory.class, FLINK_KAFKA)
            .createDynamicTableSource(new ContextWithOptions(table, flinkOptions));
    return new KafkaInputTable(
        table.getObjectIdentifier().getObjectName(), input.topic(), (ScanTableSource) flinkTable);
  }

  private static String defaultGroup(Context table) {
    String name = table.getObjectIdentifier().getObjectName();
    return table
        .getConfiguration()
        .getOptional(PipelineOptions.NAME)
        .map(job -> job + "-" + name)
        .orElse(name);
  }
}
