package dev.outflow.kafka.output;

import dev.outflow.kafka.option.ContextWithOptions;
import dev.outflow.kafka.option.FormatDefaults;
import dev.outflow.kafka.option.InvalidOptionsException;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.option.OptionProblem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;

/** {@code 'connector' = 'kafka-output'}: from a table's options to an output that can run. */
public final class KafkaOutputTableFactory implements DynamicTableSinkFactory {
  public static final String IDENTIFIER = "kafka-output";

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
    return Set.of(
        KafkaOutputOptions.PARTITION_KEY,
        KafkaOutputOptions.PARTITIONER,
        KafkaOutputOptions.COMPRESSION_TYPE,
        KafkaOutputOptions.DELIVERY_GUARANTEE,
        KafkaOutputOptions.TRANSACTIONAL_ID_PREFIX);
  }

  /**
   * Builds the output.
   *
   * @throws InvalidOptionsException with everything that is wrong with the options
   */
  @Override
  public DynamicTableSink createDynamicTableSink(Context table) {
    String name = table.getObjectIdentifier().getObjectName();
    ReadableConfig job = table.getConfiguration();
    KafkaOutput output =
        KafkaOutput.of(table.getCatalogTable().getOptions(), defaultPrefix(job, name));
    requireCheckpoints(output.deliveryGuarantee(), job);

    Map<String, String> options = FormatDefaults.addTo(table.getCatalogTable().getOptions());
    FactoryUtil.TableFactoryHelper helper =
        FactoryUtil.createTableFactoryHelper(this, new ContextWithOptions(table, options));
    EncodingFormat<SerializationSchema<RowData>> format =
        helper.discoverEncodingFormat(SerializationFormatFactory.class, FactoryUtil.FORMAT);
    helper.validateExcept(KafkaOptions.KAFKA_PREFIX);

    return new KafkaOutputTable(
        name,
        output,
        table.getPhysicalRowDataType(),
        RecordKey.find(output.partitionKey(), table),
        format);
  }

  private static String defaultPrefix(ReadableConfig job, String table) {
    return job.getOptional(PipelineOptions.NAME).map(name -> name + "-" + table).orElse(table);
  }

  /**
   * In streaming, a transaction ends with a checkpoint: without any, no record is ever readable.
   */
  private static void requireCheckpoints(DeliveryGuarantee guarantee, ReadableConfig job) {
    boolean streaming = job.get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.STREAMING;
    boolean checkpoints = job.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL).isPresent();
    if (guarantee == DeliveryGuarantee.EXACTLY_ONCE && streaming && !checkpoints) {
      throw new InvalidOptionsException(
          List.of(
              new OptionProblem(
                  KafkaOutputOptions.DELIVERY_GUARANTEE.key(),
                  "exactly-once needs checkpoints, which are off; set Flink's '%s', for example to 10 s, or choose at-least-once"
                      .formatted(CheckpointingOptions.CHECKPOINTING_INTERVAL.key()))));
    }
  }
}
