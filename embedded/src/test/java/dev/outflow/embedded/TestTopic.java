package dev.outflow.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic of one test, and its committed records as a plain consumer sees them. */
public record TestTopic(KafkaAddress kafka, String name, int partitions) {
  private static final Duration SETTLING = Duration.ofSeconds(10);
  private static final Duration COMMITTING = Duration.ofMillis(50);

  /**
   * A consumer asks for more than it was asked for, and cannot be closed before the broker has
   * responded: after 500 ms by default if there is nothing more.
   */
  private static final int MAX_WAIT_MS = 100;

  /** Topics reject records that are too large for them; the producer does not. */
  private static final int MAX_REQUEST_SIZE = 12_000_000;

  /** Creates a topic with a unique name and the default replication factor. */
  public static TestTopic create(KafkaAddress kafka, int partitions) throws Exception {
    return create(kafka, partitions, Map.of());
  }

  /** The same with topic configs, for example {@code max.message.bytes}. */
  public static TestTopic create(KafkaAddress kafka, int partitions, Map<String, String> settings)
      throws Exception {
    return create(kafka, "topic-" + UUID.randomUUID(), partitions, settings);
  }

  /** The same with a name, for example one that a pattern matches. */
  public static TestTopic create(
      KafkaAddress kafka, String name, int partitions, Map<String, String> settings)
      throws Exception {
    TestTopic topic = new TestTopic(kafka, name, partitions);
    try (Admin admin = kafka.admin()) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topic.name, Optional.of(partitions), Optional.empty())
                      .configs(settings)))
          .all()
          .get();
    }
    return topic;
  }

  /** Writes values without keys, in this order per partition, and waits until Kafka has them. */
  public void send(String... values) throws Exception {
    send(Stream.of(values).map(value -> new ProducerRecord<String, String>(name, value)).toList());
  }

  /** The same to one partition. */
  public void send(int partition, String... values) throws Exception {
    send(
        Stream.of(values)
            .map(value -> new ProducerRecord<String, String>(name, partition, null, value))
            .toList());
  }

  /** Writes a record with a timestamp. The key may be null; a null value makes it a tombstone. */
  public void send(int partition, Instant time, String key, String value) throws Exception {
    send(List.of(new ProducerRecord<>(name, partition, time.toEpochMilli(), key, value)));
  }

  private void send(List<ProducerRecord<String, String>> records) throws Exception {
    Map<String, Object> properties =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            MAX_REQUEST_SIZE);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
      for (Future<RecordMetadata> record : sent) {
        record.get();
      }
    }
  }

  /** Returns the values of all committed records as text, in order per partition. */
  public List<String> values() {
    return committed().stream().map(record -> new String(record.value(), UTF_8)).toList();
  }

  /**
   * Returns all records once no transaction is open: the broker makes a commit visible shortly
   * after accepting it.
   *
   * @throws IllegalStateException if one is still open after 10 s
   */
  public List<ConsumerRecord<byte[], byte[]>> settled() {
    Instant deadline = Instant.now().plus(SETTLING);
    List<TopicPartition> all = all();
    try (KafkaConsumer<byte[], byte[]> committed = consumer("read_committed");
        KafkaConsumer<byte[], byte[]> uncommitted = consumer("read_uncommitted")) {
      committed.assign(all);
      committed.seekToEnd(all);
      while (!committed.endOffsets(all).equals(uncommitted.endOffsets(all))) {
        if (Instant.now().isAfter(deadline)) {
          throw new IllegalStateException("a transaction is open in " + name);
        }
        committed.poll(COMMITTING); // Ends early if a transaction is committed.
      }
    }
    return committed();
  }

  private List<TopicPartition> all() {
    List<TopicPartition> all = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      all.add(new TopicPartition(name, partition));
    }
    return all;
  }

  private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
    Map<String, Object> properties =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            isolation,
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
            MAX_WAIT_MS,
            // It lives too briefly for metrics.
            ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG,
            List.of(),
            ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG,
            false);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Returns all committed records up to the current end, in order per partition. */
  public List<ConsumerRecord<byte[], byte[]>> committed() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
      List<TopicPartition> all = all();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }
}
