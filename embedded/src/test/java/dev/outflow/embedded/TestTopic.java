package dev.outflow.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic of one test, and its committed records as a plain consumer sees them. */
public record TestTopic(KafkaAddress kafka, String name, int partitions) {
  private static final Duration SETTLING = Duration.ofSeconds(10);
  private static final Duration COMMITTING = Duration.ofMillis(50);

  /**
   * A consumer asks for more than it was asked for, and cannot be closed before the broker has
   * responded: after 500 ms by default if there is nothing more.
   */
  private static final int MAX_WAIT_MS = 100;

  /** Creates a topic with a unique name and the default replication factor. */
  public static TestTopic create(KafkaAddress kafka, int partitions) throws Exception {
    return create(kafka, partitions, Map.of());
  }

  /** The same with topic configs, for example {@code max.message.bytes}. */
  public static TestTopic create(KafkaAddress kafka, int partitions, Map<String, String> settings)
      throws Exception {
    TestTopic topic = new TestTopic(kafka, "topic-" + UUID.randomUUID(), partitions);
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
