package dev.outflow.kafka.output;

import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.ErrorReporter;
import dev.outflow.kafka.error.RecordProblem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Serializes rows as Kafka records: value by format, topic, key, headers and partition by the
 * output's options, and event time as timestamp if the topic accepts it. With {@code mode: upsert},
 * a retraction is a record without a value.
 *
 * <p>A row that cannot be serialized, or that Kafka would reject, is dropped or becomes a dead
 * letter, which KafkaSink writes in the same transaction (docs/decisions/0014).
 */
final class OutputRecordSerializer
    implements KafkaRecordSerializationSchema<RowData>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1;

  private final TopicColumn topic;
  private final SerializationSchema<RowData> key;
  private final OutputHeaders headers;
  private final UpsertKey upsert;
  private final SerializationSchema<RowData> value;
  private final PartitionStrategy partitioner;
  private final BadRowContext badRows;
  private final Properties producer;
  private transient Map<String, TopicWriter> writers;
  private transient BadRowHandler badRowHandler;

  /**
   * Creates a serializer.
   *
   * @param upsert the key of rows that change earlier ones; null if all rows are new
   * @param value throws {@link RowSerializationException} only
   * @param producer the properties of Kafka's producer
   */
  OutputRecordSerializer(
      TopicColumn topic,
      SerializationSchema<RowData> key,
      OutputHeaders headers,
      UpsertKey upsert,
      SerializationSchema<RowData> value,
      PartitionStrategy partitioner,
      BadRowContext badRows,
      Properties producer) {
    this.topic = topic;
    this.key = new ReopeningSerializer(key);
    this.headers = headers;
    this.upsert = upsert;
    this.value = value;
    this.partitioner = partitioner;
    this.badRows = badRows;
    this.producer = producer;
  }

  @Override
  public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sink)
      throws Exception {
    key.open(context);
    value.open(context);
    if (badRows.json() != null) {
      badRows.json().open(context);
    }
    int subtask = sink.getParallelInstanceId();
    String table = "output '%s'".formatted(badRows.alias());
    OutputTopicSettings settings =
        OutputTopicSettings.fetch(producer, table, Set.copyOf(topics()), subtask == 0);
    ProducerLimits producerLimits = ProducerLimits.of(producer);
    writers = new HashMap<>();
    for (String name : topic.topic().names()) {
      writers.put(
          name,
          new TopicWriter(
              name,
              upsert == null ? partitioner.forSubtask(subtask) : partitioner.forUpserts(subtask),
              RecordLimits.of(producerLimits, settings.of(name))));
    }
    badRowHandler =
        new BadRowHandler(
            badRows,
            new ErrorReporter(
                table,
                badRows.policy().onError(),
                ErrorCode.of(ErrorCode.Stage.OUTPUT),
                context.getMetricGroup(),
                Clock.systemUTC()),
            badRows
                .policy()
                .topic()
                .map(
                    name ->
                        new DeadLetterTopic(
                            name, RecordLimits.of(producerLimits, settings.of(name))))
                .orElse(null),
            subtask,
            Clock.systemUTC());
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      RowData row, KafkaSinkContext sink, Long eventTime) {
    // Kafka rejects timestamps before 1970; null means the time of sending.
    Long timestamp = eventTime == null || eventTime < 0 ? null : eventTime;
    if (upsert != null) {
      if (UpsertKey.isRetraction(row)) {
        return tombstone(row, sink, timestamp);
      }
      Optional<RecordProblem> incomplete = upsert.problem(row);
      if (incomplete.isPresent()) {
        return badRowHandler.handle(incomplete.get(), row, timestamp, null);
      }
    }
    byte[] keyBytes;
    try {
      keyBytes = key.serialize(row);
    } catch (RowSerializationException e) {
      return badRowHandler.handle(badRows.columnFinder().keyProblem(e), row, timestamp, null);
    }
    String name = topic.of(row);
    TopicWriter writer = writers.get(name);
    if (writer == null) {
      return badRowHandler.handle(topic.problem(name), row, timestamp, keyBytes);
    }
    byte[] valueBytes;
    try {
      valueBytes = value.serialize(row);
    } catch (RowSerializationException e) {
      return badRowHandler.handle(
          badRows.columnFinder().problem(row, e, value), row, timestamp, keyBytes);
    }
    ProducerRecord<byte[], byte[]> record =
        writer.record(sink, timestamp, keyBytes, valueBytes, headers.of(row));
    Optional<RecordProblem> problem = writer.limits().problem(record);
    return problem.isEmpty()
        ? record
        : badRowHandler.handle(problem.get(), row, timestamp, keyBytes);
  }

  /**
   * Returns the record that deletes a row. If the row itself could not be written, which was
   * reported, there is nothing to delete: returns null.
   */
  private ProducerRecord<byte[], byte[]> tombstone(
      RowData row, KafkaSinkContext sink, Long timestamp) {
    TopicWriter writer = writers.get(topic.of(row));
    if (writer == null || upsert.problem(row).isPresent()) {
      return null;
    }
    try {
      ProducerRecord<byte[], byte[]> record =
          writer.record(
              sink, timestamp, key.serialize(row), null, upsert.tombstoneHeaders().of(row));
      return writer.limits().problem(record).isEmpty() ? record : null;
    } catch (RowSerializationException e) {
      return null;
    }
  }

  private List<String> topics() {
    List<String> topics = new ArrayList<>(topic.topic().names());
    badRows.policy().topic().ifPresent(topics::add);
    return topics;
  }

  /**
   * Names the topics for Flink's lineage listeners and for KafkaSink, which looks for open
   * transactions there.
   */
  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(
        new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(topics())));
  }
}
