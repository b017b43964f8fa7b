package dev.outflow.kafka.retention;

import dev.outflow.kafka.BrokerFailure;
import dev.outflow.kafka.TopicSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the brokers about the topics of an input. */
record TopicLogReader(InputClients clients) {
  private static final Logger LOG = LoggerFactory.getLogger(TopicLogReader.class);
  private static final Duration FIRST_RECORD = Duration.ofSeconds(5);

  /**
   * Returns the id of each topic of {@code partitions}, how many it has, the offsets of those asked
   * for that exist, and for the reader of partition 0 the retention. Offsets are asked of a
   * consumer, because every broker answers it.
   *
   * @throws ExecutionException with Kafka's error if the brokers do not respond
   */
  TopicLogs read(Set<TopicPartition> partitions) throws ExecutionException, InterruptedException {
    Map<String, Set<TopicPartition>> byTopic =
        partitions.stream()
            .collect(Collectors.groupingBy(TopicPartition::topic, Collectors.toSet()));
    Map<String, TopicLog> logs = new HashMap<>();
    try (Admin admin = clients.admin()) {
      for (Map.Entry<String, Set<TopicPartition>> topic : byTopic.entrySet()) {
        logs.put(topic.getKey(), read(admin, topic.getKey(), topic.getValue()));
      }
    }
    return new TopicLogs(logs);
  }

  private TopicLog read(Admin admin, String topic, Set<TopicPartition> partitions)
      throws ExecutionException, InterruptedException {
    try {
      TopicDescription description = describe(admin, topic);
      Optional<TopicRetention> retention =
          partitions.contains(new TopicPartition(topic, 0))
              ? Optional.of(retention(admin, topic))
              : Optional.empty();
      int size = description.partitions().size();
      return new TopicLog(description.topicId(), size, ranges(partitions, size), retention);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return new TopicLog(Uuid.ZERO_UUID, 0, Map.of(), Optional.empty());
      }
      throw e;
    }
  }

  private TopicRetention retention(Admin admin, String topic) throws InterruptedException {
    try {
      return TopicRetention.of(TopicSettings.ask(admin, topic));
    } catch (ExecutionException e) {
      return TopicRetention.unknown(BrokerFailure.summarize(e, clients.bootstrapServers()));
    }
  }

  /** Describes a topic. */
  static TopicDescription describe(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
  }

  /** Does not know them while a partition has no leader; the consumer waits for one, too. */
  private Map<TopicPartition, TopicLog.Range> ranges(Set<TopicPartition> asked, int existing) {
    List<TopicPartition> partitions =
        asked.stream().filter(partition -> partition.partition() < existing).toList();
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

  /**
   * Returns the timestamp of the first record from an offset on; -1 if there is none, or unknown.
   */
  long firstTimestamp(TopicPartition partition, long offset) {
    try (Consumer<byte[], byte[]> consumer = clients.recordConsumer()) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, offset);
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(FIRST_RECORD)) {
        return record.timestamp();
      }
    } catch (KafkaException e) {
      LOG.info("Cannot read a record from offset {} of {}: {}", offset, partition, e.getMessage());
    }
    return TrackedSplit.NOTHING_READ;
  }
}
