package dev.outflow.kafka.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.FlinkTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Topics that are read as tables of the last record of each key. */
@ExtendWith({MiniClusterExtension.class, KafkaExtension.class})
@Timeout(120)
class UpsertInputITCase {
  private final EmbeddedKafka kafka;
  private StreamTableEnvironment tables;
  private TestTopic customers;
  private TestTopic orders;

  UpsertInputITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @BeforeEach
  void createTopics() throws Exception {
    tables = FlinkTables.create(1);
    customers = TestTopic.create(kafka, 1);
    orders = TestTopic.create(kafka, 1);
    createTable(
        "customers",
        customers,
        "id STRING, name STRING, `at` TIMESTAMP_LTZ(3) METADATA FROM 'timestamp', PRIMARY KEY (id) NOT ENFORCED, WATERMARK FOR `at` AS `at`",
        "'mode' = 'upsert'");
    createTable(
        "orders",
        orders,
        "n INT, customer STRING, `at` TIMESTAMP_LTZ(3) METADATA FROM 'timestamp', WATERMARK FOR `at` AS `at`",
        "'start' = 'earliest'");
  }

  @Test
  void joinsEachRowWithTheVersionOfItsEventTime() throws Exception {
    send(customers, 10, "a", "{\"id\": \"a\", \"name\": \"Ada\"}");
    send(customers, 30, "a", "{\"name\": \"Augusta\"}");
    send(customers, 50, "a", null);
    for (int at : List.of(5, 20, 40, 60)) {
      send(orders, at, "x", "{\"n\": %d, \"customer\": \"a\"}".formatted(at));
    }

    assertThat(
            rows(
                "SELECT o.n, c.name FROM orders AS o LEFT JOIN customers FOR SYSTEM_TIME AS OF o.`at` AS c ON o.customer = c.id"))
        .containsExactlyInAnyOrder("+I[5, null]", "+I[20, Ada]", "+I[40, Augusta]", "+I[60, null]");
    System.out.println(rows("SELECT * FROM customers"));
  }

  private void createTable(String name, TestTopic topic, String columns, String options) {
    tables.executeSql(
        """
        CREATE TEMPORARY TABLE %s (%s) WITH (
          'connector' = 'kafka-input', 'bootstrap-servers' = '%s', 'topic' = '%s',
          'format' = 'json', 'bounded' = 'true', %s
        )"""
            .formatted(name, columns, topic.kafka().bootstrapServers(), topic.name(), options));
  }

  private List<String> rows(String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (CloseableIterator<Row> result = tables.executeSql(query).collect()) {
      result.forEachRemaining(row -> rows.add(row.toString()));
    }
    return rows;
  }

  private void send(TestTopic topic, long at, String key, String value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(topic.name(), 0, at, bytes(key), bytes(value)))
          .get();
    }
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }
}
