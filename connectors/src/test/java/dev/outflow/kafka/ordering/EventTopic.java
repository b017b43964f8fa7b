package dev.outflow.kafka.ordering;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.TestTopic;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of events whose event and arrival times a test sets, and tables that use it. */
final class EventTopic {
  static final String COUNTS =
      "SELECT window_end, COUNT(*) AS records FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(t),"
          + " INTERVAL '1' MINUTE)) GROUP BY window_start, window_end";

  /** Kafka deletes records older than a week. */
  private final Instant yesterday =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(1, ChronoUnit.DAYS);

  private final TestTopic topic;
  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();

  EventTopic(TestTopic topic) {
    this.topic = topic;
  }

  static EventTopic create(EmbeddedKafka kafka, int partitions) throws Exception {
    return new EventTopic(TestTopic.create(kafka, partitions));
  }

  /** With one subtask, immediate watermarks and frequent checkpoints. */
  static StreamTableEnvironment tables() {
    Configuration options = new Configuration();
    options.setString("execution.checkpointing.interval", "200 ms");
    options.setString("pipeline.auto-watermark-interval", "1 ms");
    options.setString("parallelism.default", "1");
    options.setString("pipeline.name", "ordering");
    options.setString("table.local-time-zone", "UTC");
    return StreamTableEnvironment.create(
        StreamExecutionEnvironment.getExecutionEnvironment(options));
  }

  void createTable(StreamTableEnvironment tables, String options) {
    tables.executeSql(
        "CREATE TEMPORARY TABLE events (t TIMESTAMP_LTZ(3), sent TIMESTAMP_LTZ(3) METADATA FROM"
            + " 'original-event-time', WATERMARK FOR t AS SOURCE_WATERMARK()) WITH ("
            + "'connector' = 'kafka-input', 'start' = 'earliest', 'format' = 'json', %s, %s)"
                .formatted(options, connection(topic)));
  }

  static String output(String table, String columns, TestTopic topic) {
    return "CREATE TEMPORARY TABLE %s (%s) WITH ('connector' = 'kafka-output', 'format' = 'json', %s)"
        .formatted(table, columns, connection(topic));
  }

  private static String connection(TestTopic topic) {
    return "'bootstrap-servers' = '%s', 'topic' = '%s'"
        .formatted(topic.kafka().bootstrapServers(), topic.name());
  }

  void send(int partition, Instant event, Instant arrival) {
    byte[] value = "{\"t\": \"%s\"}".formatted(event).getBytes(UTF_8);
    records.add(new ProducerRecord<>(topic.name(), partition, arrival.toEpochMilli(), null, value));
  }

  void flush() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", topic.kafka().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
      for (Future<RecordMetadata> record : sent) {
        record.get(10, TimeUnit.SECONDS);
      }
    }
    records.clear();
  }

  /** The options of a table that reads the topic. */
  String connection() {
    return connection(topic);
  }

  static List<String> texts(TestTopic topic) {
    return topic.values();
  }

  Instant time(String time) {
    return yesterday.plusNanos(LocalTime.parse(time).toNanoOfDay());
  }
}
