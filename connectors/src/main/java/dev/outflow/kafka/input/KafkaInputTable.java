package dev.outflow.kafka.input;

import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.error.OnError;
import dev.outflow.kafka.ordering.OrderedInput;
import dev.outflow.kafka.ordering.PartitionedRows;
import dev.outflow.option.InvalidOptionsException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
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
 * A Flink table that reads from Kafka, with watermarks for each partition. Its state belongs to one
 * topic: offsets of another topic are never taken for its own.
 */
final class KafkaInputTable
    implements ScanTableSource,
        SupportsReadingMetadata,
        SupportsWatermarkPushDown,
        SupportsSourceWatermark {
  /** Before the names of what the format knows beside the columns, as Flink's own table has it. */
  private static final String OF_FORMAT = "value.";

  private final InputTable table;
  private List<String> ofRecord = List.of();
  private DataType produced;
  private WatermarkStrategy<RowData> watermarks = WatermarkStrategy.noWatermarks();
  private boolean ordered;

  KafkaInputTable(InputTable table) {
    this.table = table;
    this.produced = table.columns();
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return table.format().getChangelogMode();
  }

  @Override
  public Map<String, DataType> listReadableMetadata() {
    Map<String, DataType> types = new LinkedHashMap<>();
    table.format().listReadableMetadata().forEach((key, type) -> types.put(OF_FORMAT + key, type));
    types.putAll(InputMetadata.types());
    return types;
  }

  /** {@inheritDoc} In {@code produced}, what the format knows stands before the rest. */
  @Override
  public void applyReadableMetadata(List<String> keys, DataType produced) {
    List<String> ofFormat =
        keys.stream()
            .filter(key -> key.startsWith(OF_FORMAT))
            .map(key -> key.substring(OF_FORMAT.length()))
            .toList();
    if (!ofFormat.isEmpty()) {
      table.format().applyReadableMetadata(ofFormat);
    }
    this.ofRecord = keys.stream().filter(key -> !key.startsWith(OF_FORMAT)).toList();
    this.produced = produced;
  }

  /** {@inheritDoc} So that all that is read from one input is read once. */
  @Override
  public boolean supportsMetadataProjection() {
    return false;
  }

  @Override
  public void applyWatermark(WatermarkStrategy<RowData> strategy) {
    Duration idleAfter = table.input().eventTime().idleAfter();
    this.watermarks = idleAfter == null ? strategy : strategy.withIdleness(idleAfter);
  }

  @Override
  public void applySourceWatermark() {
    this.ordered = true;
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    TypeInformation<RowData> type = context.createTypeInformation(produced);
    InputRecordDeserializer rows = deserializer(context, type);
    Optional<OrderedInput> order = new InputOrdering(table, ofRecord, produced).check(ordered);
    return new DataStreamScanProvider() {
      @Override
      public DataStream<RowData> produceDataStream(
          ProviderContext provider, StreamExecutionEnvironment environment) {
        return order
            .map(it -> inOrder(it, rows, type, provider, environment))
            .orElseGet(() -> read(rows, watermarks, provider, environment));
      }

      @Override
      public boolean isBounded() {
        return table.input().bounded();
      }
    };
  }

  private DataStream<RowData> inOrder(
      OrderedInput order,
      InputRecordDeserializer rows,
      TypeInformation<RowData> type,
      ProviderContext provider,
      StreamExecutionEnvironment environment) {
    return order.order(
        read(new PartitionedRows(rows), order.watermarks(), provider, environment),
        type,
        uid(provider, "event-order"));
  }

  private <T> DataStream<T> read(
      KafkaRecordDeserializationSchema<T> rows,
      WatermarkStrategy<T> watermarks,
      ProviderContext provider,
      StreamExecutionEnvironment environment) {
    DataStreamSource<T> read = environment.fromSource(source(rows), watermarks, table.name());
    uid(provider, "kafka-input").ifPresent(read::uid);
    return read;
  }

  private Optional<String> uid(ProviderContext provider, String operator) {
    return provider.generateUid(operator).map(uid -> uid + "_" + table.input().topic());
  }

  private <T> KafkaSource<T> source(KafkaRecordDeserializationSchema<T> rows) {
    KafkaInput input = table.input();
    KafkaSourceBuilder<T> source =
        KafkaSource.<T>builder()
            .setProperties(input.consumerProperties())
            .setTopics(input.topic())
            .setStartingOffsets(input.start().offsets())
            .setDeserializer(rows);
    if (input.bounded()) {
      source.setBounded(OffsetsInitializer.latest());
    }
    return source.build();
  }

  /** Bad records are rows that only their code tells from good ones. */
  private void checkCanBeTold() {
    if (table.input().errors().onError() == OnError.DEAD_LETTER
        && !ofRecord.contains(InputMetadata.ERROR_CODE.toString())) {
      throw InvalidOptionsException.of(
          ErrorPolicy.ON_ERROR.key(),
          "'dead-letter' needs a column \"code STRING METADATA FROM '%s'\", by which bad records are told from good ones, and an INSERT that writes them; './outflow ddl' prints both for a job.yaml"
              .formatted(InputMetadata.ERROR_CODE));
    }
  }

  private InputRecordDeserializer deserializer(ScanContext context, TypeInformation<RowData> type) {
    checkCanBeTold();
    RowType row = (RowType) produced.getLogicalType();
    int fromFormat = row.getFieldCount() - ofRecord.size();
    RowType read = new RowType(false, row.getFields().subList(0, fromFormat));
    DeserializationSchema<RowData> value =
        table.format().createRuntimeDecoder(context, table.columns());
    return new InputRecordDeserializer(
        table.name(),
        table.input().errors().onError(),
        value,
        table.failures(),
        RowRules.of(read, table.timeColumn().map(Column::getName)),
        InputRow.of(read, ofRecord.stream().map(InputMetadata::named).toList()),
        type);
  }

  @Override
  public DynamicTableSource copy() {
    KafkaInputTable copy = new KafkaInputTable(table);
    copy.ofRecord = ofRecord;
    copy.produced = produced;
    copy.watermarks = watermarks;
    copy.ordered = ordered;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return "kafka-input " + table.name();
  }
}
