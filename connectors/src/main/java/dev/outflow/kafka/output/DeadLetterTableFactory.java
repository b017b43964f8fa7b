package dev.outflow.kafka.output;

import dev.outflow.kafka.RuntimeCompatibility;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.option.ResolvedOptions;
import dev.outflow.kafka.transaction.CheckpointTimes;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.security.SecurityOptions;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * {@code 'connector' = 'kafka-dead-letters'}: where the records go that an input cannot read. A
 * table source cannot write, so a second INSERT does it; {@code ./outflow ddl} shows how. It is
 * exactly-once unless the job has no checkpoints.
 */
public final class DeadLetterTableFactory implements DynamicTableSinkFactory {
  public static final String IDENTIFIER = "kafka-dead-letters";

  public static final ConfigOption<String> INPUT =
      ConfigOptions.key("input").stringType().noDefaultValue();

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(KafkaOptions.BOOTSTRAP_SERVERS, KafkaOptions.TOPIC, INPUT);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    Set<ConfigOption<?>> options = new HashSet<>(SecurityOptions.all());
    options.add(KafkaOutputOptions.DELIVERY_GUARANTEE);
    options.add(KafkaOutputOptions.TRANSACTIONAL_ID_PREFIX);
    return options;
  }

  /**
   * Builds the table.
   *
   * @throws InvalidOptionsException with everything that is wrong with the options
   */
  @Override
  public DynamicTableSink createDynamicTableSink(Context table) {
    RuntimeCompatibility.run();
    FactoryUtil.createTableFactoryHelper(this, table).validateExcept(KafkaOptions.KAFKA_PREFIX);
    DeadLetterColumn.check(table.getPhysicalRowDataType());
    CheckpointTimes checkpoints = CheckpointTimes.ifOn(table.getConfiguration());
    ResolvedOptions resolved = ResolvedOptions.of(table.getCatalogTable().getOptions());
    Map<String, String> written = resolved.orThrow();
    Optional<String> job = table.getConfiguration().getOptional(PipelineOptions.NAME);
    KafkaOutput output = output(resolved, job, checkpoints);
    if (output.deliveryGuarantee() == DeliveryGuarantee.EXACTLY_ONCE) {
      ExactlyOnceRequirements.check(output, written, table.getConfiguration());
    }
    return new DeadLetterTable(job, written.get(INPUT.key()), output, checkpoints);
  }

  /**
   * How dead letters are written.
   *
   * @param options the table's options
   * @param job the job's name, if it has one
   * @throws InvalidOptionsException with everything that is wrong with the options
   */
  public static KafkaOutput output(
      ResolvedOptions options, Optional<String> job, CheckpointTimes checkpoints) {
    DeliveryGuarantee guarantee =
        checkpoints.interval().isZero()
            ? DeliveryGuarantee.AT_LEAST_ONCE
            : DeliveryGuarantee.EXACTLY_ONCE;
    String name = options.values().get(INPUT.key()) + "-dead-letters";
    return KafkaOutput.of(
        options.withDefault(KafkaOutputOptions.DELIVERY_GUARANTEE.key(), guarantee.toString()),
        job.map(it -> it + "-" + name).orElse(name));
  }
}
