package dev.outflow.kafka.retention;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Reports the positions of the consumer that Flink's reader creates. Kafka instantiates it. */
public final class PositionInterceptor implements ConsumerInterceptor<byte[], byte[]> {
  private ReadPositions positions;

  @Override
  public void configure(Map<String, ?> client) {
    positions = ReadPositions.ofNewConsumer();
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    positions.fetched(records);
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void close() {}
}
