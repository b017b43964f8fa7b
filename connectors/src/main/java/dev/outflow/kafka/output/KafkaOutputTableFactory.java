package dev.outflow.kafka.output;

import dev.outflow.avro.AvroRecordNames;
import dev.outflow.avro.AvroTimestampPrecision;
import dev.outflow.format.WriterOptions;
import dev.outflow.kafka.RootLocale;
import dev.outflow.kafka.RuntimeCompatibility;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.option.FormatDefaults;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.option.ResolvedOptions;
import dev.outflow.kafka.option.TableMode;
import dev.outflow.kafka.transaction.CheckpointTimes;
import dev.outflow.option.ContextWithOptions;
import dev.outflow.option.FormatOptionNames;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionNames;
import dev.outflow.option.OptionProblem;
import dev.outflow.option.OptionReader;
import dev.outflow.security.SecurityOptions;
import dev.outflow.values.ValueWriters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;
import org.apache.flink.table.types.DataType;

/** {@code 'connector' = 'kafka-output'}: writes tables to Kafka topics. */
public final class KafkaOutputTableFactory implements DynamicTableSinkFactory {
  public static final String IDENTIFIER = "kafka-output";

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(KafkaOptions.BOOTSTRAP_SERVERS, FactoryUtil.FORMAT);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    Set<ConfigOption<?>> options = new HashSet<>(SecurityOptions.all());
    options.add(KafkaOptions.TOPIC); // Or TOPIC_FROM.
    options.addAll(KafkaOutputOptions.all());
    options.addAll(ErrorPolicy.OPTIONS);
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
    String name = table.getObjectIdentifier().getObjectName();
    ResolvedOptions resolved = ResolvedOptions.of(table.getCatalogTable().getOptions());
    Map<String, String> written = resolved.orThrow();
    Optional<String> job = table.getConfiguration().getOptional(PipelineOptions.NAME);
    KafkaOutput output =
        KafkaOutput.of(
            resolved.withProblems(nameProblems(table, written)), KafkaOptions.defaultId(job, name));
    CheckpointTimes checkpoints =
        output.deliveryGuarantee() == DeliveryGuarantee.EXACTLY_ONCE
            ? ExactlyOnceRequirements.check(output, written, table.getConfiguration())
            : CheckpointTimes.ifOn(table.getConfiguration());

    Map<String, String> options = FlattenedColumn.without(FormatDefaults.addTo(written));
    String formatName = written.get(FactoryUtil.FORMAT.key());
    FactoryUtil.TableFactoryHelper helper =
        FactoryUtil.createTableFactoryHelper(
            this, new ContextWithOptions(table, WriterOptions.without(formatName, options)));
    EncodingFormat<SerializationSchema<RowData>> format =
        RootLocale.call(
            () ->
                helper.discoverEncodingFormat(
                    SerializationFormatFactory.class, FactoryUtil.FORMAT));
    helper.validateExcept(KafkaOptions.KAFKA_PREFIX);
    DataType row = table.getPhysicalRowDataType();
    OptionReader reader = new OptionReader(Map.of(), List.of());
    TopicColumn topic = reader.attempt(() -> TopicColumn.find(output.topic(), row));
    RecordKey key = reader.attempt(() -> RecordKey.find(output.partitionKey(), table));
    OutputHeaders headers = reader.attempt(() -> OutputHeaders.find(output.headers(), row));
    ValueColumns value = reader.attempt(() -> ValueColumns.of(output, row));
    if (output.mode() == TableMode.UPSERT) {
      UpsertRequirements.formatProblem(formatName, format.getChangelogMode())
          .ifPresent(reader::reject);
      Optional.ofNullable(key) // Otherwise an unknown column is reported.
          .flatMap(
              known ->
                  UpsertRequirements.keyProblem(
                      output.partitionKey(),
                      table.getCatalogTable().getResolvedSchema().getPrimaryKey()))
          .ifPresent(reader::reject);
    }
    reader.finish();
    Optional<Integer> flattened = FlattenedColumn.find(written, value.type());
    boolean isFlink = output.valueWriter() == ValueWriter.FLINK;
    AvroTimestampPrecision.check(options, value.type(), isFlink);
    AvroRecordNames.check(options, value.type());

    return new KafkaOutputTable(
        name,
        job,
        output,
        checkpoints,
        row,
        topic,
        key,
        headers,
        value,
        new ValueFormat(
            formatName,
            format,
            isFlink
                ? (columns, flink) -> flink.get()
                : (columns, flink) -> ValueWriters.serializer(formatName, options, columns, flink),
            flattened,
            LenientJsonSerializer.format(table)));
  }

  private static List<ConfigOption<?>> ofWriters(String format) {
    List<ConfigOption<?>> options = new ArrayList<>(WriterOptions.of(format));
    options.add(FlattenedColumn.OPTION);
    return options;
  }

  private List<OptionProblem> nameProblems(Context table, Map<String, String> written) {
    List<OptionProblem> problems = new ArrayList<>(OptionNames.problems(this, written));
    problems.addAll(
        FormatOptionNames.problems(
            SerializationFormatFactory.class,
            table.getClassLoader(),
            ofWriters(written.get(FactoryUtil.FORMAT.key())),
            written));
    return problems;
  }
}
