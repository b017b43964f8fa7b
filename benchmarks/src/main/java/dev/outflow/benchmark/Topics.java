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
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The topics of a run. */
record Topics(Admin admin, String bootstrapServers) {
  private static final Duration READING = Duration.ofSeconds(10);

  /** Of what is written only the newest is kept, so that the disk does not fill. */
  private static final Map<String, String> NEWEST =
      Map.of("segment.bytes", "67108864", "retention.bytes", "268435456");

  void create(String name, int partitions, boolean keep)
      throws ExecutionException, InterruptedException {
    NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty());
    admin.createTopics(List.of(topic.configs(keep ? Map.of() : NEWEST))).all().get();
  }

  void delete(List<String> names) throws ExecutionException, InterruptedException {
    admin.deleteTopics(names).all().get();
  }

  /** How many records were ever written to them; the marks of transactions count as records. */
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
          .forEach(it -> partitions.add(new TopicPartition(topic.name(), it.partition())));
    }
    return partitions;
  }

  /** Of the values of a few hundred records of theirs. */
  double averageBytes(List<String> names) throws ExecutionException, InterruptedException {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(partitions(names));
      consumer.seekToBeginning(consumer.assignment());
      return StreamSupport.stream(consumer.poll(READING).spliterator(), false)
          .mapToInt(it -> it.serializedValueSize())
          .average()
          .orElse(0);
    }
  }
}
