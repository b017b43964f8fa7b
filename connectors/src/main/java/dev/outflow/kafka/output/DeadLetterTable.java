package dev.outflow.kafka.output;

import dev.outflow.kafka.transaction.CheckpointTimes;
import dev.outflow.kafka.transaction.GuardedSink;
import dev.outflow.kafka.transaction.TransactionSettings;
import dev.outflow.kafka.transaction.TransactionalIds;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * A Flink table that writes the bad records of one input as dead letters.
 *
 * @param job the job's name, if it has one
 */
record DeadLetterTable(
    Optional<String> job, String input, KafkaOutput output, CheckpointTimes checkpoints)
    implements DynamicTableSink {
  /** In bytes, as a producer's properties have it. */
  private static final String LARGEST = String.valueOf(64 * 1024 * 1024);

  /** Bad records are new rows, whatever the format of the input makes of good ones. */
  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requested) {
    return requested;
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    String name = input + " dead letters";
    GuardedSink<RowData> sink =
        new GuardedSink<>(
            output.deliveryGuarantee(),
            new TransactionSettings(
                name,
                TransactionalIds.prefixOfThisStart(output.transactionalIdPrefix()),
                output.transactionNaming(),
                output.onLostTransaction(),
                checkpoints),
            producerProperties(),
            new DeadLetterSerializer(
                job.orElse(null), input, output.topic(), producerProperties()));
    return new DataStreamSinkProvider() {
      @Override
      public DataStreamSink<?> consumeDataStream(
          ProviderContext provider, DataStream<RowData> rows) {
        return rows.sinkTo(sink)
            .name(name)
            .uid("dead-letters-" + input)
            .setParallelism(rows.getParallelism());
      }
    };
  }

  /** What was read may be larger than what a producer sends by default: the topic decides. */
  private Properties producerProperties() {
    Properties properties = output.producerProperties();
    properties.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST);
    properties.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, LARGEST);
    return properties;
  }

  @Override
  public DynamicTableSink copy() {
    return this;
  }

  @Override
  public String asSummaryString() {
    return "kafka-dead-letters of " + input;
  }
}
