package dev.outflow.local;

import static java.util.stream.Collectors.joining;

import dev.outflow.embedded.KafkaAddress;
import dev.outflow.embedded.TestTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic of orders, and a job that reads it. */
record OrdersTopic(TestTopic topic) {
  static final Instant TIME = Instant.parse("2026-11-24T10:00:00Z");

  private static final String JOB =
      """
      name: sampled
      inputs:
        orders:
          connector: kafka
      CONNECTION
          topic: TOPIC
          format: json
          columns:
            order_id: STRING NOT NULL
            amount: DECIMAL(10, 2)
            placed_at: TIMESTAMP_LTZ(3)
            customer: ROW<name STRING NOT NULL, city STRING>
            stored_at: TIMESTAMP_LTZ(3) METADATA FROM 'timestamp'
            part: INT METADATA FROM 'partition'
            doubled: AS amount * 2
          event-time: { column: placed_at }
        made: { connector: datagen, columns: { n: INT } }
      queries: { result: "SELECT order_id, customer.name AS name, stored_at FROM orders" }
      outputs:
        result: { bootstrap-servers: BROKER, topic: result, format: json, delivery-guarantee: at-least-once }
      """;

  static OrdersTopic create(KafkaAddress kafka, int partitions) throws Exception {
    return new OrdersTopic(TestTopic.create(kafka, partitions));
  }

  /** Creates a topic with one partition for records of 10 MB. */
  static OrdersTopic ofLargeRecords(KafkaAddress kafka) throws Exception {
    return new OrdersTopic(TestTopic.create(kafka, 1, Map.of("max.message.bytes", "12000000")));
  }

  String name() {
    return topic.name();
  }

  /** Returns the topic as {@code ./outflow columns} takes it. */
  String source() {
    return topic.kafka().bootstrapServers() + "/" + name();
  }

  /** Returns a record with the ID {@code id-NUMBER}. */
  static String order(int number) {
    return "{\"order_id\": \"id-%d\", \"amount\": 1.5, \"placed_at\": \"2026-11-24T10:00:00Z\", \"customer\": {\"name\": \"Ann\", \"city\": \"Oslo\"}}"
        .formatted(number);
  }

  /** Writes a record with the timestamp {@link #TIME}. */
  void send(int partition, String value) throws Exception {
    topic.send(partition, TIME, null, value);
  }

  void sendAt(Instant time, String value) throws Exception {
    topic.send(0, time, null, value);
  }

  /** Writes a record in a transaction that is aborted. */
  void sendUncommitted(String value) throws Exception {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", topic.kafka().bootstrapServers(), "transactional.id", name());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(name(), value)).get();
      producer.abortTransaction();
    }
  }

  /** Writes a definition and returns its path. */
  String job(Path folder) throws IOException {
    return job(folder, Map.of("bootstrap-servers", topic.kafka().bootstrapServers()));
  }

  /** The same with the options that connect the input to the broker. */
  String job(Path folder, Map<String, String> connection) throws IOException {
    String lines =
        connection.entrySet().stream()
            .map(option -> "    %s: %s".formatted(option.getKey(), option.getValue()))
            .collect(joining("\n"));
    return Files.writeString(
            folder.resolve("job.yaml"),
            JOB.replace("CONNECTION", lines)
                .replace("TOPIC", name())
                .replace("BROKER", topic.kafka().bootstrapServers()))
        .toString();
  }
}
