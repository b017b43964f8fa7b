package dev.outflow.capture;

import dev.outflow.kafka.input.RecordTable;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsWatermarkPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/** A Flink table that reads the files of Event Hubs Capture in the order of their times. */
final class EventHubsCaptureTable
    implements ScanTableSource, SupportsReadingMetadata, SupportsWatermarkPushDown {
  private final String name;
  private final CaptureInput input;
  private final RecordTable records;
  private WatermarkStrategy<RowData> watermarks = WatermarkStrategy.noWatermarks();

  EventHubsCaptureTable(String name, CaptureInput input, RecordTable records) {
    this.name = name;
    this.input = input;
    this.records = records;
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return records.changelogMode();
  }

  @Override
  public Map<String, DataType> listReadableMetadata() {
    return records.metadata();
  }

  @Override
  public void applyReadableMetadata(List<String> keys, DataType produced) {
    records.applyMetadata(keys, produced);
  }

  /** {@inheritDoc} All queries on an input share one source. */
  @Override
  public boolean supportsMetadataProjection() {
    return false;
  }

  @Override
  public void applyWatermark(WatermarkStrategy<RowData> strategy) {
    this.watermarks = PromptWatermarks.of(strategy);
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    CaptureSource source = input.source(records.deserializer(context));
    return new DataStreamScanProvider() {
      @Override
      public DataStream<RowData> produceDataStream(
          ProviderContext provider, StreamExecutionEnvironment environment) {
        DataStreamSource<RowData> rows = environment.fromSource(source, watermarks, name);
        provider.generateUid(EventHubsCaptureTableFactory.IDENTIFIER).ifPresent(rows::uid);
        return rows;
      }

      @Override
      public boolean isBounded() {
        return input.monitorInterval().isEmpty();
      }
    };
  }

  @Override
  public DynamicTableSource copy() {
    EventHubsCaptureTable copy = new EventHubsCaptureTable(name, input, records.copy());
    copy.watermarks = watermarks;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return "files of Event Hubs Capture in " + input.path();
  }
}
