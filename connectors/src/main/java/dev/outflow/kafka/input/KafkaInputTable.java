package dev.outflow.kafka.input;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
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

/**
 * Flink's own Kafka table with all that it can do, except that its operator carries the input's
 * name, and that its state belongs to one topic: offsets of another topic are never taken for its
 * own. Flink's source would read on from both.
 *
 * @param name the input's name
 * @param topic the topic whose offsets are its state
 * @param flink Flink's table, which reads metadata and takes watermarks for each partition
 */
record KafkaInputTable(String name, String topic, ScanTableSource flink)
    implements ScanTableSource, SupportsReadingMetadata, SupportsWatermarkPushDown {

  @Override
  public ChangelogMode getChangelogMode() {
    return flink.getChangelogMode();
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    DataStreamScanProvider scan = (DataStreamScanProvider) flink.getScanRuntimeProvider(context);
    return new DataStreamScanProvider() {
      @Override
      public DataStream<RowData> produceDataStream(
          ProviderContext provider, StreamExecutionEnvironment environment) {
        DataStream<RowData> rows = scan.produceDataStream(provider, environment);
        SingleOutputStreamOperator<RowData> source = (SingleOutputStreamOperator<RowData>) rows;
        provider.generateUid("kafka-input").map(uid -> uid + "_" + topic).ifPresent(source::uid);
        return source.name(name);
      }

      @Override
      public boolean isBounded() {
        return scan.isBounded();
      }
    };
  }

  @Override
  public Map<String, DataType> listReadableMetadata() {
    return ((SupportsReadingMetadata) flink).listReadableMetadata();
  }

  @Override
  public void applyReadableMetadata(List<String> keys, DataType produced) {
    ((SupportsReadingMetadata) flink).applyReadableMetadata(keys, produced);
  }

  @Override
  public boolean supportsMetadataProjection() {
    return ((SupportsReadingMetadata) flink).supportsMetadataProjection();
  }

  @Override
  public void applyWatermark(WatermarkStrategy<RowData> strategy) {
    ((SupportsWatermarkPushDown) flink).applyWatermark(strategy);
  }

  @Override
  public DynamicTableSource copy() {
    return new KafkaInputTable(name, topic, (ScanTableSource) flink.copy());
  }

  @Override
  public String asSummaryString() {
    return "kafka-input " + name;
  }
}
