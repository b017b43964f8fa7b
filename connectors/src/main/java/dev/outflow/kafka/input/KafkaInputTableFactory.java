package dev.outflow.kafka.input;

import dev.outflow.avro.AvroDecodingFormat;
import dev.outflow.avro.AvroRecordNames;
import dev.outflow.avro.AvroTimestampPrecision;
import dev.outflow.format.reader.MessageReader;
import dev.outflow.format.reader.ReaderOptions;
import dev.outflow.kafka.RootLocale;
import dev.outflow.kafka.RuntimeCompatibility;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.option.FormatDefaults;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.option.RegistryOptions;
import dev.outflow.kafka.option.ResolvedOptions;
import dev.outflow.kafka.ordering.EventTimeOptions;
import dev.outflow.option.ContextWithOptions;
import dev.outflow.option.FormatOptionNames;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionNames;
import dev.outflow.option.OptionProblem;
import dev.outflow.security.SecurityOptions;
import dev.outflow.values.ValueReaders;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** Creates the tables of {@code 'connector' = 'kafka-input'}. */
public final class KafkaInputTableFactory implements DynamicTableSourceFactory {
  public static final String IDENTIFIER = "kafka-input";

  /**
   * The suffix of the table that contains all records of an input, including bad ones; a view of
   * the good ones has the input's own name. Operators, metrics and consumer group omit the suffix.
   */
  public static final String RECORDS = "$records";

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
    options.addAll(
        Set.of(
            KafkaOptions.TOPIC, // Or TOPICS or TOPIC_PATTERN.
            KafkaInputOptions.TOPICS,
            KafkaInputOptions.TOPIC_PATTERN,
            KafkaOptions.CONSUMER_GROUP_ID,
            KafkaInputOptions.MODE,
            KafkaInputOptions.KEY_FORMAT,
            KafkaInputOptions.EXCLUDE_FROM_VALUE,
            KafkaInputOptions.START,
            KafkaInputOptions.BOUNDED,
            KafkaInputOptions.ON_LOST_INPUT,
            KafkaInputOptions.HEADER_ENCODING,
            KafkaInputOptions.VALUE_READER));
    options.addAll(ErrorPolicy.OPTIONS);
    options.addAll(EventTimeOptions.OPTIONS);
    return options;
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.outflow.option.InvalidOptionsException with every problem of the options
   */
  @Override
  public DynamicTableSource createDynamicTableSource(Context table) {
    RuntimeCompatibility.check();
    ResolvedOptions resolved = ResolvedOptions.of(table.getCatalogTable().getOptions());
    Map<String, String> written = resolved.orThrow();
    KafkaInput input =
        KafkaInput.of(resolved.withProblems(nameProblems(table, written)), defaultGroup(table));

    Map<String, String> options = FormatDefaults.addTo(written);
    String formatName = options.get(FactoryUtil.FORMAT.key());
    FactoryUtil.TableFactoryHelper helper =
        FactoryUtil.createTableFactoryHelper(
            this, new ContextWithOptions(table, ReaderOptions.without(formatName, options)));
    DecodingFormat<DeserializationSchema<RowData>> format =
        RootLocale.call(
            () ->
                helper.discoverDecodingFormat(
                    DeserializationFormatFactory.class, FactoryUtil.FORMAT));
    helper.validateExcept(KafkaOptions.KAFKA_PREFIX);
    boolean isFlink = input.valueReader() == ValueReader.FLINK;
    if (isFlink || !formatName.equals(RegistryOptions.FORMAT)) { // Its schemas have the unit.
      AvroTimestampPrecision.check(options, table.getPhysicalRowDataType(), isFlink);
    }
    AvroRecordNames.check(options, table.getPhysicalRowDataType());

    boolean ignoresErrors = Boolean.parseBoolean(options.get(formatName + ".ignore-parse-errors"));
    UndeclaredColumn.check(
        table.getCatalogTable().getResolvedSchema(),
        formatName,
        input.valueReader(),
        ignoresErrors);

    ResolvedSchema schema = table.getCatalogTable().getResolvedSchema();
    Optional<UpsertKey> key =
        UpsertKey.of(name(table), input, schema, formatName, format.getChangelogMode());
    Optional<Column> time = timeColumn(schema);
    if (key.isPresent()) {
      checkTime(time);
    }
    return new KafkaInputTable(
        new InputTable(
            name(table),
            input,
            table.getPhysicalRowDataType(),
            key,
            ReadableMetadata.of(table.getCatalogTable().getResolvedSchema(), input),
            time,
            new DecodeFailureClassifier(formatName, ignoresErrors),
            AvroDecodingFormat.replace(format, formatName, options),
            reader(table, input, key, formatName, options)));
  }

  private List<OptionProblem> nameProblems(Context table, Map<String, String> written) {
    List<OptionProblem> problems = new ArrayList<>(OptionNames.problems(this, written));
    problems.addAll(
        FormatOptionNames.problems(
            DeserializationFormatFactory.class,
            table.getClassLoader(),
            ReaderOptions.of(written.get(FactoryUtil.FORMAT.key())),
            written));
    return problems;
  }

  private static Optional<MessageReader> reader(
      Context table,
      KafkaInput input,
      Optional<UpsertKey> key,
      String format,
      Map<String, String> options) {
    DataType row = table.getPhysicalRowDataType();
    return input.valueReader() == ValueReader.FLINK
        ? Optional.empty()
        : ValueReaders.find(
            "input '%s'".formatted(name(table)),
            format,
            options,
            (RowType) key.map(of -> of.valueColumns(row)).orElse(row).getLogicalType(),
            UndeclaredColumn.isIn(table.getCatalogTable().getResolvedSchema()));
  }

  /** A tombstone has no value to compute the event time from. */
  private static void checkTime(Optional<Column> time) {
    time.filter(Column.ComputedColumn.class::isInstance)
        .ifPresent(
            computed -> {
              throw InvalidOptionsException.of(
                  "event-time.column",
                  "'%s' is a computed column, which tombstones cannot have a value for; with %s 'upsert', use a column of the value, for which a tombstone has its record's timestamp, or \"TIMESTAMP_LTZ(3) METADATA FROM 'timestamp'\""
                      .formatted(computed.getName(), KafkaInputOptions.MODE.key()));
            });
  }

  private static Optional<Column> timeColumn(ResolvedSchema schema) {
    return schema.getWatermarkSpecs().stream()
        .findFirst()
        .flatMap(watermark -> schema.getColumn(watermark.getRowtimeAttribute()));
  }

  private static String defaultGroup(Context table) {
    return KafkaOptions.defaultId(
        table.getConfiguration().getOptional(PipelineOptions.NAME), name(table));
  }

  private static String name(Context table) {
    String name = table.getObjectIdentifier().getObjectName();
    return name.endsWith(RECORDS) ? name.substring(0, name.length() - RECORDS.length()) : name;
  }
}
