package dev.outflow.kafka.output;

import dev.outflow.kafka.transaction.CheckpointTimes;
import java.util.Optional;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
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
    return new NamedSinkProvider(
        name,
        "output-" + name,
        output.sink(
            name,
            checkpoints,
            output.producerProperties(),
            new OutputRecordSerializer(
                output.topic(),
                key.encoder(context),
                format.encoder(context, row),
                output.partitioner(),
                errors(context),
                output.producerProperties())));
  }

  private BadRowContext errors(Context context) {
    return new BadRowContext(
        job.orElse(null),
        name,
        output.errors(),
        new FaultyColumnFinder(format.name(), RowSchema.of(row), output.partitionKey()),
        output
            .errors()
            .topic()
            .map(it -> LenientJsonSerializer.of(format.json(), context, row))
            .orElse(null));
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
