package dev.outflow.kafka.output;

import dev.outflow.kafka.option.TableMode;
import dev.outflow.kafka.transaction.CheckpointTimes;
import java.util.Optional;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.types.DataType;

/**
 * A table sink that writes to Kafka topics.
 *
 * @param name the table's name, i.e. the output alias, which names the operators
 * @param job the job's name, if it has one
 * @param checkpoints the job's checkpoint interval and timeout
 * @param row the type of the rows
 */
record KafkaOutputTable(
    String name,
    Optional<String> job,
    KafkaOutput output,
    CheckpointTimes checkpoints,
    DataType row,
    TopicColumn topic,
    RecordKey key,
    OutputHeaders headers,
    ValueColumns value,
    ValueFormat format)
    implements DynamicTableSink {

  /** Returns the changes that the mode or else the format supports; most are append-only. */
  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requested) {
    return isUpsert() ? ChangelogMode.upsert() : format.encoding().getChangelogMode();
  }

  private boolean isUpsert() {
    return output.mode() == TableMode.UPSERT;
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    return new NamedSinkProvider(
        name,
        "output-" + name,
        output.sink(name, checkpoints, output.producerProperties(), serializer(context)));
  }

  /** Creates the serializer of rows to Kafka records. */
  OutputRecordSerializer serializer(Context context) {
    return new OutputRecordSerializer(
        topic,
        key.serializer(context),
        headers,
        isUpsert() ? UpsertKey.of(output, row) : null,
        value.serializer(format.serializer(context, value.type())),
        output.partitioner(),
        badRows(context),
        output.producerProperties());
  }

  private BadRowContext badRows(Context context) {
    return new BadRowContext(
        job.orElse(null),
        name,
        output.errors(),
        new FaultyColumnFinder(format.name(), RowSchema.of(row), output.partitionKey()),
        output
            .errors()
            .topic()
            .map(topic -> LenientJsonSerializer.of(format.json(), context, row))
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
