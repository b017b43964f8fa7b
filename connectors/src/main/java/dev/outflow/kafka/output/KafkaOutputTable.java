package dev.outflow.kafka.output;

import dev.outflow.kafka.transaction.CheckpointTimes;
import dev.outflow.kafka.transaction.GuardedSink;
import dev.outflow.kafka.transaction.TransactionSettings;
import dev.outflow.kafka.transaction.TransactionalIds;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/**
 * A Flink table that writes to Kafka.
 *
 * @param name the table's name, which is the output alias: the operators' name and uid
 * @param job the job's name, if it has one
 * @param checkpoints how long the job's checkpoints let a transaction wait
 * @param row the columns that the format writes, all of them
 */
record KafkaOutputTable(
    String name,
    Optional<String> job,
    KafkaOutput output,
    CheckpointTimes checkpoints,
    DataType row,
    RecordKey key,
    ValueFormat format)
    implements DynamicTableSink {

  /** What the format can write: most can only append. */
  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requested) {
    return format.encoding().getChangelogMode();
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    GuardedSink<RowData> sink = sink(context);
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

  private GuardedSink<RowData> sink(Context context) {
    return new GuardedSink<>(
        output.deliveryGuarantee(),
        new TransactionSettings(
            name,
            TransactionalIds.prefixOfThisStart(output.transactionalIdPrefix()),
            output.transactionNaming(),
            output.onLostTransaction(),
            checkpoints),
        output.producerProperties(),
        new OutputRecordSerializer(
            output.topic(),
            key.encoder(context),
            format.encoding().createRuntimeEncoder(context, row),
            output.partitioner(),
            errors(context),
            output.producerProperties()));
  }

  private OutputErrors errors(Context context) {
    return new OutputErrors(
        job.orElse(null),
        name,
        output.errors(),
        new RowFault(format.name(), RowColumns.of(row)),
        output.errors().topic().map(it -> RowJson.of(format.json(), context, row)).orElse(null));
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
