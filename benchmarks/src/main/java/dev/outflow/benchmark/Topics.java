package dev.outflow.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Creates, deletes and inspects the topics of a run. */
record Topics(Admin admin, String bootstrapServers) {
  private static final Duration READING = Duration.ofSeconds(10);

  /** Limits the retention of output topics to save disk space. */
  private static final Map<String, String> LIMITED_RETENTION =
      Map.of("segment.bytes", "67108864", "retention.bytes", "268435456");

  void create(String name, int partitions, boolean keepAll)
      throws ExecutionException, InterruptedException {
    NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty());
    admin.createTopics(List.of(topic.configs(keepAll ? Map.of() : LIMITED_RETENTION))).all().get();
  }

  void delete(List<String> names) throws ExecutionException, InterruptedException {
    admin.deleteTopics(names).all().get();
  }

  /** Returns the number of records ever written, including transaction markers. */
  long written(List<String> names) throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (TopicPartition partition : partitions(names)) {
      latest.put(partition, OffsetSpec.latest());
    }
    return admin.listOffsets(latest).all().get().values().stream()
        .mapToLong(end -> end.offset())
        .sum();
  }

  List<TopicPartition> partitions(List<String> names)
      throws ExecutionException, InterruptedException {
    List<TopicPartition> partitions = new ArrayList<>();
    for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get().values()) {
      topic
          .partitions()
          .forEach(
              partition -> partitions.add(new TopicPartition(topic.name(), partition.partition())));
    }
    return partitions;
  }

  /** Returns the average value size of a sample of records. */
  double averageBytes(List<String> names) throws ExecutionException, InterruptedException {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(partitions(names));
      consumer.seekToBeginning(consumer.assignment());
      return StreamSupport.stream(consumer.poll(READING).spliterator(), false)
          .mapToInt(ConsumerRecord::serializedValueSize)
          .average()
          .orElse(0);
    }
  }
}
