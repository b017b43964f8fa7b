package dev.outflow.kafka.output;

import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema.KafkaSinkContext;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Creates the records of one subtask for one topic.
 *
 * @param partitions how partitions are chosen
 * @param limits the records that the topic accepts
 */
record TopicWriter(String name, PartitionChoice partitions, RecordLimits limits) {
  /**
   * Creates a record, which can exceed the limits.
   *
   * @param timestamp in ms; null for the time of sending
   * @param key may be null
   * @param value null deletes the row with this key
   */
  ProducerRecord<byte[], byte[]> record(
      KafkaSinkContext sink, Long timestamp, byte[] key, byte[] value, List<Header> headers) {
    return new ProducerRecord<>(
        name,
        partitions.choose(key, () -> sink.getPartitionsForTopic(name).length),
        limits.timestamps().accepted(timestamp),
        key,
        value,
        headers);
  }
}
