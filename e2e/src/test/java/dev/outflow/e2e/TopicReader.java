package dev.outflow.e2e;

import dev.outflow.embedded.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning and continues where the last read stopped. */
final class TopicReader implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  private TopicReader(TestTopic topic, String isolation) {
    partitions =
        IntStream.range(0, topic.partitions())
            .mapToObj(partition -> new TopicPartition(topic.name(), partition))
            .toList();
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                topic.kafka().bootstrapServers(),
                "isolation.level",
                isolation,
                "auto.offset.reset",
                "none",
                "fetch.max.wait.ms", // As in TestTopic.
                100),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads committed records only. */
  static TopicReader committed(TestTopic topic) {
    return new TopicReader(topic, "read_committed");
  }

  /** Reads the records of open and aborted transactions, too. */
  static TopicReader uncommitted(TestTopic topic) {
    return new TopicReader(topic, "read_uncommitted");
  }

  /** Returns the records that arrived since the last call, in order per partition. */
  List<byte[]> more() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    List<byte[]> values = new ArrayList<>();
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
        values.add(record.value());
      }
    }
    return values;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
