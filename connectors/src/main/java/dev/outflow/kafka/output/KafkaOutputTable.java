package dev.outflow.kafka.output;

import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/**
 * A Flink table that writes to Kafka.
 *
 * @param name the table's name, which is the output alias: the operators' name and uid
 * @param row the columns that the format writes, all of them
 */
record KafkaOutputTable(
    String name,
    KafkaOutput output,
    DataType row,
    RecordKey key,
    EncodingFormat<SerializationSchema<RowData>> format)
    implements DynamicTableSink {

  /** What the format can write: most can only append. */
  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requested) {
    return format.getChangelogMode();
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    KafkaSink<RowData> sink = sink(context);
    return new DataStreamSinkProvider() {
      @Override
      public DataStreamSink<?> consumeDataStream(
          ProviderContext provider, DataStream<RowData> rows) {
        // The parallelism of the rows, so that no shuffle disturbs the order of a key.
        return rows.sinkTo(sink)
            .name(name)
            .uid("output-" + name)
            .setParallelism(rows.getParallelism());
      }
    };
  }

  private KafkaSink<RowData> sink(Context context) {
    return KafkaSink.<RowData>builder()
        .setKafkaProducerConfig(output.producerProperties())
        .setDeliveryGuarantee(output.deliveryGuarantee())
        .setTransactionalIdPrefix(output.transactionalIdPrefix())
        .setRecordSerializer(
            new OutputRecordSerializer(
                output.topic(),
                key.encoder(context),
                format.createRuntimeEncoder(context, row),
                output.partitioner()))
        .build();
  }

  @Override
  public DynamicTableSink copy() {
    return this;
  }

  @Override
  public String asSummaryString() {
    return "kafka-output " + name;
  }
}
