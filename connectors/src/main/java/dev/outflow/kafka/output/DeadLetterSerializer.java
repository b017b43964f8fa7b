package dev.outflow.kafka.output;

import dev.outflow.kafka.error.DeadLetter;
import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.RecordOrigin;
import dev.outflow.kafka.error.RecordProblem;
import java.time.Instant;
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

/** Serializes rows of {@link DeadLetterColumn} as dead letters. */
final class DeadLetterSerializer
    implements KafkaRecordSerializationSchema<RowData>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1;

  private final String job;
  private final String input;
  private final String topic;
  private final Properties producer;
  private transient DeadLetterTopic deadLetters;

  /**
   * {@code job} is null if it has no name; {@code producer} are the properties of Kafka's producer.
   */
  DeadLetterSerializer(String job, String input, String topic, Properties producer) {
    this.job = job;
    this.input = input;
    this.topic = topic;
    this.producer = producer;
  }

  @Override
  public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sink)
      throws Exception {
    OutputTopicSettings settings =
        OutputTopicSettings.fetch(
            producer,
            "input '%s'".formatted(input),
            Set.of(topic),
            sink.getParallelInstanceId() == 0);
    deadLetters =
        new DeadLetterTopic(
            topic, RecordLimits.of(ProducerLimits.of(producer), settings.of(topic)));
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      RowData row, KafkaSinkContext sink, Long eventTime) {
    long timestamp = row.getTimestamp(DeadLetterColumn.TIMESTAMP.index(), 3).getMillisecond();
    return deadLetters.record(
        letter(row),
        timestamp < 0 ? null : timestamp,
        bytes(row, DeadLetterColumn.KEY),
        bytes(row, DeadLetterColumn.VALUE));
  }

  private DeadLetter letter(RowData row) {
    RecordProblem problem =
        new RecordProblem(
            ErrorCode.of(text(row, DeadLetterColumn.CODE)),
            Optional.ofNullable(text(row, DeadLetterColumn.COLUMN)),
            text(row, DeadLetterColumn.MESSAGE),
            "");
    RecordOrigin origin =
        new RecordOrigin(
            text(row, DeadLetterColumn.TOPIC),
            row.getInt(DeadLetterColumn.PARTITION.index()),
            row.getLong(DeadLetterColumn.OFFSET.index()));
    return new DeadLetter(
        Optional.ofNullable(job), input, problem, Optional.of(origin), Instant.now());
  }

  private static String text(RowData row, DeadLetterColumn column) {
    return row.isNullAt(column.index()) ? null : row.getString(column.index()).toString();
  }

  private static byte[] bytes(RowData row, DeadLetterColumn column) {
    return row.isNullAt(column.index()) ? null : row.getBinary(column.index());
  }

  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(
        new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
  }
}
