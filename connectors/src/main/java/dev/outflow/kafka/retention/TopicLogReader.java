package dev.outflow.kafka.retention;

import dev.outflow.kafka.SettingsAnswer;
import dev.outflow.kafka.TopicSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the brokers about the topic of an input. */
record TopicLogReader(InputClients clients, String topic) {
  private static final Logger LOG = LoggerFactory.getLogger(TopicLogReader.class);
  private static final Duration FIRST_RECORD = Duration.ofSeconds(5);

  /**
   * Returns the topic's id, its partitions, and the offsets of those in {@code partitions} that
   * exist. Ids are asked of an admin client; offsets of a consumer, which every broker answers.
   *
   * @throws ExecutionException with Kafka's error if the brokers do not respond
   */
  TopicLog read(Set<TopicPartition> partitions) throws ExecutionException, InterruptedException {
    TopicDescription description;
    try (Admin admin = clients.admin()) {
      description = describe(admin);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return new TopicLog(Uuid.ZERO_UUID, 0, Map.of());
      }
      throw e;
    }
    TopicLog log = new TopicLog(description.topicId(), description.partitions().size(), Map.of());
    List<TopicPartition> existing = partitions.stream().filter(log::has).toList();
    return new TopicLog(log.id(), log.partitions(), ranges(existing));
  }

  /** Describes the topic. */
  TopicDescription describe(Admin admin) throws ExecutionException, InterruptedException {
    return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
  }

  /** Does not know them while a partition has no leader; the consumer waits for one, too. */
  private Map<TopicPartition, TopicLog.Range> ranges(List<TopicPartition> partitions) {
    try (Consumer<byte[], byte[]> consumer = clients.offsetConsumer()) {
      Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
      Map<TopicPartition, TopicLog.Range> ranges = new HashMap<>();
      partitions.forEach(
          partition ->
              ranges.put(partition, new TopicLog.Range(first.get(partition), end.get(partition))));
      return ranges;
    } catch (TimeoutException e) {
      LOG.warn("Cannot determine the offsets of {}: {}", partitions, e.getMessage());
      return Map.of();
    }
  }

  /** Returns what the input's consumer group has committed for these partitions. */
  Map<TopicPartition, Long> committed(Set<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      return Map.of();
    }
    try (Consumer<byte[], byte[]> consumer = clients.offsetConsumer()) {
      Map<TopicPartition, Long> offsets = new HashMap<>();
      for (Map.Entry<TopicPartition, OffsetAndMetadata> entry :
          consumer.committed(partitions).entrySet()) {
        if (entry.getValue() != null) {
          offsets.put(entry.getKey(), entry.getValue().offset());
        }
      }
      return offsets;
    }
  }

  /** Returns the timestamp of the first record from an offset on; -1 if there is none. */
  long firstTimestamp(TopicPartition partition, long offset) {
    try (Consumer<byte[], byte[]> consumer = clients.recordConsumer()) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, offset);
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(FIRST_RECORD)) {
        return record.timestamp();
      }
    }
    return TrackedSplit.NOTHING_READ;
  }

  /** Returns the topic's settings, as far as the brokers report them. */
  SettingsAnswer<TopicSettings> settings() throws ExecutionException, InterruptedException {
    try (Admin admin = clients.admin()) {
      return TopicSettings.ask(admin, topic);
    }
  }
}
