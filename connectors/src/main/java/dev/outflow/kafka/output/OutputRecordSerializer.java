package dev.outflow.kafka.output;

import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.ErrorReporter;
import dev.outflow.kafka.error.RecordProblem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
 * Makes a Kafka record of a row: the value as its format writes it, the key and the partition by
 * the output's rules, the row's event time as the record's timestamp if the topic takes it.
 *
 * <p>A row that cannot be written, or that Kafka would not take, becomes no record or a dead
 * letter. KafkaSink writes whatever it is given here in the transaction of all others
 * (docs/decisions/0014).
 */
final class OutputRecordSerializer
    implements KafkaRecordSerializationSchema<RowData>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1;

  private final String topic;
  private final SerializationSchema<RowData> key;
  private final SerializationSchema<RowData> value;
  private final PartitionStrategy partitioner;
  private final BadRowContext errors;
  private final Properties producer;
  private transient PartitionChoice partitions;
  private transient RecordLimits limits;
  private transient BadRowHandler bad;

  /** {@code producer} are the properties of Kafka's producer. */
  OutputRecordSerializer(
      String topic,
      SerializationSchema<RowData> key,
      SerializationSchema<RowData> value,
      PartitionStrategy partitioner,
      BadRowContext errors,
      Properties producer) {
    this.topic = topic;
    this.key = new ReopeningSerializer(key);
    this.value = new ReopeningSerializer(value);
    this.partitioner = partitioner;
    this.errors = errors;
    this.producer = producer;
  }

  @Override
  public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sink)
      throws Exception {
    key.open(context);
    value.open(context);
    if (errors.json() != null) {
      errors.json().open(context);
    }
    int subtask = sink.getParallelInstanceId();
    partitions = partitioner.begin(subtask);
    String table = "output '%s'".formatted(errors.alias());
    OutputTopicSettings known =
        OutputTopicSettings.ask(producer, table, Set.copyOf(topics()), subtask == 0);
    ProducerLimits ofProducer = ProducerLimits.of(producer);
    limits = RecordLimits.of(ofProducer, known.of(topic));
    bad =
        new BadRowHandler(
            errors,
            new ErrorReporter(
                table,
                errors.policy().onError(),
                ErrorCode.of(ErrorCode.Stage.OUTPUT),
                context.getMetricGroup(),
                Clock.systemUTC()),
            errors
                .policy()
                .topic()
                .map(it -> new DeadLetterTopic(it, RecordLimits.of(ofProducer, known.of(it))))
                .orElse(null),
            subtask,
            Clock.systemUTC());
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      RowData row, KafkaSinkContext sink, Long eventTime) {
    // Kafka has no time before 1970; without a timestamp it takes the time of sending.
    Long timestamp = eventTime == null || eventTime < 0 ? null : eventTime;
    byte[] keyBytes;
    try {
      keyBytes = key.serialize(row);
    } catch (RowSerializationException e) {
      return bad.instead(errors.fault().ofKey(e), row, timestamp, null);
    }
    byte[] valueBytes;
    try {
      valueBytes = value.serialize(row);
    } catch (RowSerializationException e) {
      return bad.instead(errors.fault().of(row, e, value), row, timestamp, keyBytes);
    }
    Integer partition = partitions.choose(keyBytes, () -> sink.getPartitionsForTopic(topic).length);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic, partition, limits.times().accepted(timestamp), keyBytes, valueBytes);
    Optional<RecordProblem> problem = limits.problem(record);
    return problem.isEmpty() ? record : bad.instead(problem.get(), row, timestamp, keyBytes);
  }

  private List<String> topics() {
    List<String> topics = new ArrayList<>(List.of(topic));
    errors.policy().topic().ifPresent(topics::add);
    return topics;
  }

  /**
   * Names the topics for those who listen to Flink's lineage, and for KafkaSink, which looks for
   * open transactions there.
   */
  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(
        new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(topics())));
  }
}
