package dev.outflow.kafka.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.FlinkTables;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys and partitions of records in a real topic. */
@ExtendWith({MiniClusterExtension.class, KafkaExtension.class})
class KeysITCase {
  private final EmbeddedKafka kafka;

  KeysITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @ParameterizedTest
  @CsvSource({
    "murmur2, 3, 2:1:1:0", "murmur2, 7, 5:6:3:5", "murmur2, 12, 11:1:4:9", "murmur2, 17, 9:5:14:7",
    "crc32, 3, 2:0:2:0", "crc32, 7, 5:3:6:6", "crc32, 12, 11:6:11:6", "crc32, 17, 7:14:11:11"
  })
  void assignsKeysToThePartitionsThatOtherClientsChoose(
      String partitioner, int partitions, String expected) throws Exception {
    TestTopic topic = TestTopic.create(kafka, partitions);
    String keys = "SELECT * FROM (VALUES ('23456'), ('hejsan'), ('kafka'), ('device-42')) AS t(k)";
    write(topic, keys, "k STRING", "'partition-key' = 'k', 'partitioner' = '" + partitioner + "'");

    String[] numbers = expected.split(":", -1);
    assertThat(topic.settled())
        .extracting(record -> key(record) + " " + record.partition())
        .containsExactlyInAnyOrder(
            "23456 " + numbers[0],
            "hejsan " + numbers[1],
            "kafka " + numbers[2],
            "device-42 " + numbers[3]);
  }

  @Test
  void distributesRecordsWithoutKeyEvenly() throws Exception {
    TestTopic topic = TestTopic.create(kafka, 5);
    StringBuilder values = new StringBuilder("(0)");
    for (int n = 1; n < 500; n++) {
      values.append(", (").append(n).append(')');
    }
    write(
        topic, "SELECT * FROM (VALUES " + values + ") AS t(n)", "n INT", "'csv.null-literal' = ''");

    List<ConsumerRecord<byte[], byte[]>> records = topic.settled();
    assertThat(records).allMatch(record -> record.key() == null);
    assertThat(records.stream().collect(groupingBy(ConsumerRecord::partition, counting())))
        .isEqualTo(Map.of(0, 100L, 1, 100L, 2, 100L, 3, 100L, 4, 100L));
  }

  @Test
  void roundRobinKeepsTheKey() throws Exception {
    TestTopic topic = TestTopic.create(kafka, 2);
    write(
        topic,
        "SELECT * FROM (VALUES ('a'), ('a'), ('a'), ('a')) AS t(k)",
        "k STRING",
        "'partition-key' = 'k', 'partitioner' = 'round-robin'");

    assertThat(topic.settled())
        .extracting(record -> key(record) + " " + record.partition())
        .containsExactlyInAnyOrder("a 0", "a 0", "a 1", "a 1");
  }

  @Test
  void stickyKeepsRecordsOfDifferentKeysTogether() throws Exception {
    TestTopic topic = TestTopic.create(kafka, 5);
    write(
        topic,
        "SELECT * FROM (VALUES ('a'), ('b'), ('c'), ('d'), ('e'), ('f')) AS t(k)",
        "k STRING",
        "'partition-key' = 'k', 'partitioner' = 'sticky', 'kafka.linger.ms' = '1000'");

    assertThat(topic.settled())
        .hasSize(6)
        .extracting(ConsumerRecord::partition)
        .containsOnly(topic.settled().get(0).partition());
  }

  @Test
  void writesKeyOfOneColumnAsPlainText() throws Exception {
    TestTopic topic = TestTopic.create(kafka, 1);
    write(
        topic,
        "SELECT * FROM (VALUES (CAST(19.9 AS DECIMAL(10, 2)), 'x'), (CAST(NULL AS DECIMAL(10, 2)), 'y')) AS t(price, v)",
        "price DECIMAL(10, 2), v STRING",
        "'partition-key' = 'price'");

    assertThat(topic.settled())
        .extracting(KeysITCase::key)
        .containsExactlyInAnyOrder("19.90", null);
  }

  @Test
  void writesKeyOfSeveralColumnsAsJsonInTheOrderOfTheOption() throws Exception {
    TestTopic topic = TestTopic.create(kafka, 1);
    write(
        topic,
        "SELECT 7, 'Zürich', CAST(NULL AS STRING), CAST(0.000001 AS DECIMAL(20, 6))",
        "zip INT, city STRING, street STRING, price DECIMAL(20, 6)",
        "'partition-key' = 'city;zip;street;price'");

    assertThat(topic.settled())
        .extracting(KeysITCase::key)
        .containsExactly("{\"city\":\"Zürich\",\"zip\":7,\"street\":null,\"price\":0.000001}");
  }

  private static void write(TestTopic topic, String query, String columns, String options)
      throws Exception {
    StreamTableEnvironment tables = FlinkTables.create(1);
    tables.executeSql(
        """
        CREATE TEMPORARY TABLE written (%s) WITH (
          'connector' = 'kafka-output', 'bootstrap-servers' = '%s', 'topic' = '%s',
          'format' = 'csv', %s
        )"""
            .formatted(columns, topic.kafka().bootstrapServers(), topic.name(), options));
    FlinkTables.insert(tables.sqlQuery(query), "written");
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? null : new String(record.key(), UTF_8);
  }
}
