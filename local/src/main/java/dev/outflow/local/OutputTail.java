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

/** Reads an output topic as anyone downstream would: only what is committed, from now on. */
final class OutputTail implements AutoCloseable {
  private static final Duration A_MOMENT = Duration.ofMillis(50);

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

  /** Begins at the end of the topic as it is now. */
  static OutputTail begin(String alias, KafkaOutput output, Function<byte[], String> text) {
    Map<String, String> properties =
        output
            .connection()
            .clientProperties(Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"));
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.copyOf(properties), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(output.topic()).stream()
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

  /** How many records have arrived since the beginning. */
  long count() {
    return count;
  }

  /** Takes all that has arrived; the last of it as text, to show. */
  Optional<String> takeArrivals() {
    Optional<String> last = Optional.empty();
    for (var batch = poll(); !batch.isEmpty(); batch = poll()) {
      last = Optional.ofNullable(batch.get(batch.size() - 1).value()).map(text);
    }
    return last;
  }

  /** Reads on to the end of the topic as it is now, for as long as {@code bound}. */
  void finish(Duration bound) {
    Instant deadline = Instant.now().plus(bound);
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (Instant.now().isBefore(deadline)
        && ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      poll();
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> poll() {
    List<ConsumerRecord<byte[], byte[]>> arrived = new ArrayList<>();
    consumer.poll(A_MOMENT).forEach(arrived::add);
    count += arrived.size();
    return arrived;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
