package dev.outflow.kafka.output;

import java.util.function.Function;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableFactory;

/**
 * An output whose records go to another sink than Kafka: rows are checked and serialized as {@code
 * kafka-output} does, but no producer is created.
 *
 * @param sink creates the sink from what serializes its rows
 */
public record RedirectedOutputTable(
    DynamicTableSink output, Function<KafkaRecordSerializationSchema<RowData>, Sink<RowData>> sink)
    implements DynamicTableSink {

  /**
   * Creates the table.
   *
   * @param table a table with the options of {@code kafka-output}
   * @throws dev.outflow.option.InvalidOptionsException with all problems of the options
   */
  public static RedirectedOutputTable of(
      DynamicTableFactory.Context table,
      Function<KafkaRecordSerializationSchema<RowData>, Sink<RowData>> sink) {
    return new RedirectedOutputTable(
        new KafkaOutputTableFactory().createDynamicTableSink(table), sink);
  }

  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requested) {
    return output.getChangelogMode(requested);
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    return SinkV2Provider.of(sink.apply(((KafkaOutputTable) output).serializer(context)));
  }

  @Override
  public DynamicTableSink copy() {
    return new RedirectedOutputTable(output.copy(), sink);
  }

  @Override
  public String asSummaryString() {
    return output.asSummaryString();
  }
}
