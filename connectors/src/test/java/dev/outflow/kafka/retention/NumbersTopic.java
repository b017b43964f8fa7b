package dev.outflow.kafka.retention;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.TestTopic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** A topic of numbers, each the only record of its batch and with the number as timestamp. */
record NumbersTopic(TestTopic topic) {
  static NumbersTopic create(EmbeddedKafka kafka, String name, int partitions) throws Exception {
    return new NumbersTopic(TestTopic.create(kafka, name, partitions, Map.of()));
  }

  String name() {
    return topic.name();
  }

  /** Writes the numbers before the end. */
  void write(int partition, long first, long end) throws Exception {
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      write(producer, partition, first, end);
    }
  }

  void writeInTransaction(int partition, long first, long end) throws Exception {
    try (KafkaProducer<String, String> producer =
        producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name()))) {
      producer.initTransactions();
      producer.beginTransaction();
      write(producer, partition, first, end);
      producer.commitTransaction();
    }
  }

  private void write(KafkaProducer<String, String> producer, int partition, long first, long end)
      throws Exception {
    for (long n = first; n < end; n++) {
      producer
          .send(new ProducerRecord<>(name(), partition, n, null, String.valueOf(n)))
          .get(); // One record per batch.
    }
  }

  private KafkaProducer<String, String> producer(Map<String, Object> added) {
    Map<String, Object> properties = new HashMap<>(added);
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, topic.kafka().bootstrapServers());
    return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
  }

  /** Deletes the records before an offset as retention does; -1 for all. */
  void deleteRecords(int partition, long before) throws Exception {
    try (Admin admin = topic.kafka().admin()) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition(name(), partition), RecordsToDelete.beforeOffset(before)))
          .all()
          .get();
    }
  }

  void delete() throws Exception {
    try (Admin admin = topic.kafka().admin()) {
      admin.deleteTopics(List.of(name())).all().get();
    }
  }

  /** Deletes the topic and creates it with other partitions. */
  void recreate(int partitions) throws Exception {
    delete();
    try (Admin admin = topic.kafka().admin()) {
      Awaitility.await().until(() -> !admin.listTopics().names().get().contains(name()));
    }
    TestTopic.create(topic.kafka(), name(), partitions, Map.of());
  }
}
