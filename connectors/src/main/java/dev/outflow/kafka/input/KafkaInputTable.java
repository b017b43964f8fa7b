package dev.outflow.kafka.input;

import dev.outflow.format.reader.MessageReader;
import dev.outflow.kafka.RootLocale;
import dev.outflow.kafka.TopicSubscription;
import dev.outflow.kafka.changelog.ChangelogOperator;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.error.OnError;
import dev.outflow.kafka.ordering.OrderingOperator;
import dev.outflow.kafka.ordering.PartitionTaggingDeserializer;
import dev.outflow.kafka.retention.InputSettings;
import dev.outflow.kafka.retention.LossDetectingSource;
import dev.outflow.kafka.silence.Silence;
import dev.outflow.kafka.silence.SilentPartitions;
import dev.outflow.option.InvalidOptionsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsSourceWatermark;
import org.apache.flink.table.connector.source.abilities.SupportsWatermarkPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * A Flink table that reads from Kafka, with watermarks per partition. The operator uid contains
 * {@link TopicSubscription#stateName}: the offsets of one topic are never restored for another.
 */
final class KafkaInputTable
    implements ScanTableSource,
        SupportsReadingMetadata,
        SupportsWatermarkPushDown,
        SupportsSourceWatermark {
  private final InputTable table;
  private List<String> metadataKeys = List.of();
  private DataType produced;
  private WatermarkStrategy<RowData> watermarks = WatermarkStrategy.noWatermarks();
  private boolean ordered;
  private boolean hasEventTime;

  KafkaInputTable(InputTable table) {
    this.table = table;
    this.produced = table.columns();
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return table.key().isPresent() ? ChangelogMode.all() : table.format().getChangelogMode();
  }

  @Override
  public Map<String, DataType> listReadableMetadata() {
    Map<String, DataType> types = new LinkedHashMap<>();
    table
        .format()
        .listReadableMetadata()
        .forEach((key, type) -> types.put(ReadableMetadata.FORMAT_PREFIX + key, type));
    types.put(UndeclaredColumn.KEY, UndeclaredColumn.TYPE);
    types.putAll(table.metadata().types());
    return types;
  }

  /** {@inheritDoc} In {@code produced} the format's metadata precedes the record's. */
  @Override
  public void applyReadableMetadata(List<String> keys, DataType produced) {
    List<String> formatKeys =
        keys.stream()
            .filter(key -> key.startsWith(ReadableMetadata.FORMAT_PREFIX))
            .map(key -> key.substring(ReadableMetadata.FORMAT_PREFIX.length()))
            .toList();
    if (!formatKeys.isEmpty()) {
      table.format().applyReadableMetadata(formatKeys);
    }
    this.metadataKeys =
        keys.stream()
            .filter(
                key ->
                    !key.startsWith(ReadableMetadata.FORMAT_PREFIX)
                        && !key.equals(UndeclaredColumn.KEY))
            .toList();
    this.produced = produced;
  }

  /** {@inheritDoc} All queries on an input share one source. */
  @Override
  public boolean supportsMetadataProjection() {
    return false;
  }

  @Override
  public void applyWatermark(WatermarkStrategy<RowData> strategy) {
    this.watermarks = strategy;
    this.hasEventTime = true;
  }

  @Override
  public void applySourceWatermark() {
    this.ordered = true;
    this.hasEventTime = true;
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    TypeInformation<RowData> type = context.createTypeInformation(produced);
    InputRecordDeserializer deserializer = deserializer(context, type);
    InputOrdering order = new InputOrdering(table, metadataKeys, produced);
    Optional<OrderingOperator> ordering = order.resolve(ordered);
    Optional<ChangelogOperator> changelog =
        table.key().map(key -> changelog(key, order.timePosition()));
    return new DataStreamScanProvider() {
      @Override
      public DataStream<RowData> produceDataStream(
          ProviderContext provider, StreamExecutionEnvironment environment) {
        DataStream<RowData> rows =
            ordering
                .map(operator -> ordered(operator, deserializer, type, provider, environment))
                .orElseGet(() -> source(deserializer, watermarks, provider, environment));
        return changelog
            .map(operator -> operator.apply(rows, type, uid(provider, "changelog")))
            .orElse(rows);
      }

      @Override
      public boolean isBounded() {
        return table.input().bounded();
      }
    };
  }

  private ChangelogOperator changelog(UpsertKey key, int time) {
    RowType row = rowType(produced);
    return new ChangelogOperator(
        table.name(),
        row,
        key.type().getFieldNames().stream().map(row::getFieldIndex).toList(),
        time);
  }

  private DataStream<RowData> ordered(
      OrderingOperator operator,
      InputRecordDeserializer deserializer,
      TypeInformation<RowData> type,
      ProviderContext provider,
      StreamExecutionEnvironment environment) {
    return operator.apply(
        source(
            new PartitionTaggingDeserializer(deserializer),
            operator.watermarks(),
            provider,
            environment),
        type,
        uid(provider, "event-order"));
  }

  private <T> DataStream<T> source(
      KafkaRecordDeserializationSchema<T> deserializer,
      WatermarkStrategy<T> watermarks,
      ProviderContext provider,
      StreamExecutionEnvironment environment) {
    DataStreamSource<T> source = timed(deserializer, watermarks, environment);
    uid(provider, "kafka-input").ifPresent(source::uid);
    return source;
  }

  /** Adds the treatment of partitions without records. */
  private <T> DataStreamSource<T> timed(
      KafkaRecordDeserializationSchema<T> deserializer,
      WatermarkStrategy<T> watermarks,
      StreamExecutionEnvironment environment) {
    KafkaInput input = table.input();
    Silence silence = input.eventTime().silence();
    if (hasEventTime && silence.advances() && !input.bounded()) {
      SilentPartitions silent =
          new SilentPartitions(table.name(), silence, input.consumerProperties());
      return environment.fromSource(
          silent.observe(source(silent.observe(deserializer))),
          silent.advance(watermarks),
          table.name());
    }
    boolean canBeIdle = hasEventTime && silence.idleAfter() != null;
    return environment.fromSource(
        source(deserializer),
        canBeIdle ? watermarks.withIdleness(silence.idleAfter()) : watermarks,
        table.name());
  }

  private Optional<String> uid(ProviderContext provider, String operator) {
    return provider
        .generateUid(operator)
        .map(uid -> uid + "_" + table.input().topics().stateName());
  }

  private <T> LossDetectingSource<T> source(KafkaRecordDeserializationSchema<T> deserializer) {
    KafkaInput input = table.input();
    KafkaSourceBuilder<T> source =
        KafkaSource.<T>builder()
            .setStartingOffsets(input.startingOffsets())
            .setDeserializer(deserializer);
    if (input.topics() instanceof TopicSubscription.TopicPattern topics) {
      source.setTopicPattern(topics.pattern());
    } else {
      source.setTopics(input.topics().names());
    }
    if (input.bounded()) {
      source.setBounded(input.endOffsets());
    }
    return RootLocale.call( // It converts the case of the offset reset strategy.
        () ->
            LossDetectingSource.of(
                new InputSettings(table.name(), input.topics(), input.onLostInput()),
                source,
                input.consumerProperties()));
  }

  /** Bad records become rows that only their code distinguishes from good ones. */
  private void checkErrorCodeColumn() {
    if (table.input().errors().onError() == OnError.DEAD_LETTER
        && !metadataKeys.contains(InputMetadata.ERROR_CODE.toString())) {
      throw InvalidOptionsException.of(
          ErrorPolicy.ON_ERROR.key(),
          "'dead-letter' requires a column \"code STRING METADATA FROM '%s'\" that identifies bad records, and an INSERT that writes them to the dead-letter topic; './outflow ddl' prints both for a job.yaml"
              .formatted(InputMetadata.ERROR_CODE));
    }
  }

  private InputRecordDeserializer deserializer(ScanContext context, TypeInformation<RowData> type) {
    checkErrorCodeColumn();
    return new InputRecordDeserializer(
        table.name(), table.input().errors().onError(), decoder(context), assembler(), type);
  }

  /**
   * Returns the deserializer of records that another connector reads, without event ordering.
   *
   * @throws InvalidOptionsException if a column has metadata that requires event ordering
   */
  InputRecordDeserializer unorderedDeserializer(ScanContext context) {
    new InputOrdering(table, metadataKeys, produced).resolve(false);
    return deserializer(context, context.createTypeInformation(produced));
  }

  /** Creates the assembler that adds the metadata of records to rows. */
  RowAssembler assembler() {
    return RowAssembler.of(
        rowType(decoded()), metadataKeys.stream().map(table.metadata()::named).toList());
  }

  /** Returns the columns of key and value, including the format's own metadata. */
  private DataType decoded() {
    List<DataTypes.Field> fields = DataType.getFields(produced);
    return DataTypes.ROW(fields.subList(0, fields.size() - metadataKeys.size())).notNull();
  }

  private static RowType rowType(DataType columns) {
    return (RowType) columns.getLogicalType();
  }

  /** Creates the decoder of values. */
  RecordDecoder decoder(DynamicTableSource.Context context) {
    MessageReader reader =
        table
            .reader()
            .orElseGet(
                () ->
                    new FormatMessageReader(
                        table
                            .format()
                            .createRuntimeDecoder(context, table.valueColumns(table.columns()))));
    Optional<String> time = table.timeColumn().map(Column::getName);
    RowType row = rowType(decoded());
    RowType value = rowType(table.valueColumns(decoded()));
    return new RecordDecoder(
        reader,
        table.failures(),
        RowValidator.of(value, time),
        table.key().map(key -> new UpsertRows(key, row, value, time)).orElse(null));
  }

  @Override
  public DynamicTableSource copy() {
    KafkaInputTable copy = new KafkaInputTable(table);
    copy.metadataKeys = metadataKeys;
    copy.produced = produced;
    copy.watermarks = watermarks;
    copy.ordered = ordered;
    copy.hasEventTime = hasEventTime;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return "kafka-input " + table.name();
  }
}
