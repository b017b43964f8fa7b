package dev.outflow.local;

import dev.outflow.kafka.output.KafkaOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the records that are committed to the topics of an output from now on. */
final class OutputTail implements AutoCloseable {
  private static final Duration POLL_TIMEOUT = Duration.ofMillis(50);

  private final String alias;
  private final Function<byte[], String> text;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private long count;

  private OutputTail(
      String alias, Function<byte[], String> text, KafkaConsumer<byte[], byte[]> consumer) {
    this.alias = alias;
    this.text = text;
    this.consumer = consumer;
  }

  /** Starts at the current end of the topics. */
  static OutputTail start(String alias, KafkaOutput output, Function<byte[], String> text) {
    Map<String, String> properties =
        output
            .connection()
            .clientProperties(Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"));
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.copyOf(properties), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        output.topic().names().stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return new OutputTail(alias, text, consumer);
  }

  String alias() {
    return alias;
  }

  /** Returns the number of records that have arrived since the start. */
  long count() {
    return count;
  }

  /** Reads what has arrived, and returns the last record as text. */
  Optional<String> takeArrivals() {
    Optional<String> last = Optional.empty();
    for (var batch = poll(); !batch.isEmpty(); batch = poll()) {
      last = Optional.ofNullable(batch.get(batch.size() - 1).value()).map(text);
    }
    return last;
  }

  /** Reads to the current end of the topics, for {@code timeout} at most. */
  void drain(Duration timeout) {
    Instant deadline = Instant.now().plus(timeout);
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (Instant.now().isBefore(deadline)
        && ends.entrySet().stream()
            .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      poll();
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> poll() {
    List<ConsumerRecord<byte[], byte[]>> arrived = new ArrayList<>();
    consumer.poll(POLL_TIMEOUT).forEach(arrived::add);
    count += arrived.size();
    return arrived;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
