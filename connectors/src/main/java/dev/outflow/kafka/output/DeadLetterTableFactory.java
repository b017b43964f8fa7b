package dev.outflow.kafka.output;

import dev.outflow.kafka.RuntimeCompatibility;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.option.ResolvedOptions;
import dev.outflow.kafka.transaction.CheckpointTimes;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionNames;
import dev.outflow.security.SecurityOptions;
import java.util.HashSet;
import java.util.List;
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
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * {@code 'connector' = 'kafka-dead-letters'}: writes records that an input cannot read to its
 * dead-letter topic. Table sources cannot write, so a second INSERT does; {@code ./outflow ddl}
 * prints it. The delivery guarantee is at-least-once if checkpoints are disabled, and otherwise
 * that of an output to the same brokers.
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
   * {@inheritDoc}
   *
   * @throws InvalidOptionsException with all problems of the options
   */
  @Override
  public DynamicTableSink createDynamicTableSink(Context table) {
    RuntimeCompatibility.check();
    ResolvedOptions resolved = ResolvedOptions.of(table.getCatalogTable().getOptions());
    Map<String, String> options = resolved.orThrow();
    CheckpointTimes checkpoints = CheckpointTimes.ifOn(table.getConfiguration());
    Optional<String> job = table.getConfiguration().getOptional(PipelineOptions.NAME);
    KafkaOutput output =
        output(resolved.withProblems(OptionNames.problems(this, options)), job, checkpoints);
    FactoryUtil.createTableFactoryHelper(this, table).validateExcept(KafkaOptions.KAFKA_PREFIX);
    checkColumns(table.getPhysicalRowDataType());
    if (output.deliveryGuarantee() == DeliveryGuarantee.EXACTLY_ONCE) {
      ExactlyOnceRequirements.check(output, options, table.getConfiguration());
    }
    return new DeadLetterTable(job, options.get(INPUT.key()), output, checkpoints);
  }

  /** Ignores the columns' names, which do not matter. */
  private static void checkColumns(DataType row) {
    List<LogicalType> types =
        row.getLogicalType().getChildren().stream().map(type -> type.copy(true)).toList();
    if (!types.equals(DeadLetterColumn.types())) {
      throw InvalidOptionsException.of(
          FactoryUtil.CONNECTOR.key(),
          "'%s' requires columns of the types %s; './outflow ddl' prints them"
              .formatted(IDENTIFIER, DeadLetterColumn.types()));
    }
  }

  /**
   * Returns the output that dead letters are written to.
   *
   * @param options the table's options
   * @param job the job's name, if it has one
   * @throws InvalidOptionsException with all problems of the options
   */
  public static KafkaOutput output(
      ResolvedOptions options, Optional<String> job, CheckpointTimes checkpoints) {
    String name = options.values().get(INPUT.key()) + "-dead-letters";
    return KafkaOutput.of(
        checkpoints.interval().isZero()
            ? options.withDefault(
                KafkaOutputOptions.DELIVERY_GUARANTEE.key(),
                DeliveryGuarantee.AT_LEAST_ONCE.toString())
            : options,
        KafkaOptions.defaultId(job, name));
  }
}
