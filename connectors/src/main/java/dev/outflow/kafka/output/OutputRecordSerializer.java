package dev.outflow.kafka.output;

import java.util.List;
import java.util.Optional;
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
 * the output's rules, the row's event time as the record's timestamp.
 */
final class OutputRecordSerializer
    implements KafkaRecordSerializationSchema<RowData>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1;

  private final String topic;
  private final SerializationSchema<RowData> key;
  private final SerializationSchema<RowData> value;
  private final Partitioner partitioner;
  private transient PartitionChoice partitions;

  OutputRecordSerializer(
      String topic,
      SerializationSchema<RowData> key,
      SerializationSchema<RowData> value,
      Partitioner partitioner) {
    this.topic = topic;
    this.key = key;
    this.value = value;
    this.partitioner = partitioner;
  }

  @Override
  public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sink)
      throws Exception {
    key.open(context);
    value.open(context);
    partitions = partitioner.begin(sink.getParallelInstanceId());
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      RowData row, KafkaSinkContext sink, Long eventTime) {
    byte[] keyBytes = key.serialize(row);
    Integer partition = partitions.choose(keyBytes, () -> sink.getPartitionsForTopic(topic).length);
    // Kafka has no time before 1970; without a timestamp it takes the time of sending.
    Long timestamp = eventTime == null || eventTime < 0 ? null : eventTime;
    return new ProducerRecord<>(topic, partition, timestamp, keyBytes, value.serialize(row));
  }

  /** Names the topic for those who listen to Flink's lineage; KafkaSink asks its serializer. */
  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(
        new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
  }
}
