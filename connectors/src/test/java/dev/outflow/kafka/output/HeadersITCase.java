package dev.outflow.kafka.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.FlinkTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Headers that Kafka's own consumer and producer read and write. */
@ExtendWith({MiniClusterExtension.class, KafkaExtension.class})
class HeadersITCase {
  private final EmbeddedKafka kafka;

  HeadersITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void writesColumnsAndLiteralsAsHeadersAndKeepsExcludedColumnsOutOfTheValue() throws Exception {
    TestTopic topic = TestTopic.create(kafka, 1);
    StreamTableEnvironment tables = FlinkTables.create(1);
    tables.executeSql(
        """
        CREATE TEMPORARY TABLE written (
          id INT, trace STRING, price DECIMAL(5, 2), token BYTES, tenant STRING) WITH (
          'connector' = 'kafka-output', 'bootstrap-servers' = '%s', 'topic' = '%s',
          'format' = 'json', 'partition-key' = 'tenant',
          'headers.trace-id' = 'trace', 'headers.price' = 'price', 'headers.token' = 'token',
          'headers.source' = '''it''''s Outflow''',
          'exclude-from-value' = 'trace;token;tenant')"""
            .formatted(kafka.bootstrapServers(), topic.name()));
    FlinkTables.insert(
        tables.sqlQuery(
            "SELECT * FROM (VALUES (1, 'Zürich', CAST(19.9 AS DECIMAL(5, 2)), x'00FF', 'a'), (2, CAST(NULL AS STRING), CAST(NULL AS DECIMAL(5, 2)), x'01', 'b')) AS t(id, trace, price, token, tenant)"),
        "written");

    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(topic.settled());
    assertThat(records)
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactly("{\"id\":1,\"price\":19.90}", "{\"id\":2,\"price\":null}");
    assertThat(records)
        .extracting(record -> new String(record.key(), UTF_8))
        .containsExactly("a", "b");
    assertThat(headers(records.get(0)))
        .isEqualTo(
            Map.of(
                "trace-id", "Zürich",
                "price", "19.90",
                "token", new String(new byte[] {0, -1}, UTF_8),
                "source", "it's Outflow"));
    assertThat(records.get(0).headers().lastHeader("token").value()).containsExactly(0, 0xff);
    assertThat(headers(records.get(1))).containsOnlyKeys("token", "source");
  }

  @Test
  void reportsAHeaderThatIsTooLargeAsABadRow() throws Exception {
    TestTopic topic = TestTopic.create(kafka, 1);
    TestTopic rejected = TestTopic.create(kafka, 1);
    StreamTableEnvironment tables = FlinkTables.create(1);
    tables.executeSql(
        """
        CREATE TEMPORARY TABLE written (id INT, note STRING) WITH (
          'connector' = 'kafka-output', 'bootstrap-servers' = '%s', 'topic' = '%s',
          'format' = 'json', 'headers.note' = 'note', 'exclude-from-value' = 'note',
          'on-error' = 'dead-letter', 'dead-letter-topic' = '%s')"""
            .formatted(kafka.bootstrapServers(), topic.name(), rejected.name()));
    FlinkTables.insert(
        tables.sqlQuery(
            "SELECT * FROM (VALUES (1, REPEAT('x', 2000000)), (2, 'short')) AS t(id, note)"),
        "written");

    assertThat(topic.settled())
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactly("{\"id\":2}");
    assertThat(rejected.settled())
        .singleElement()
        .extracting(record -> headers(record).get("outflow-message"))
        .asString()
        .contains("bytes exceed the producer's max.request.size 1048576")
        .endsWith("; its headers have 2000004 bytes");
  }

  @Test
  void readsKeyAndHeadersAsBytesOrText() throws Exception {
    TestTopic topic = TestTopic.create(kafka, 1);
    produce(
        topic,
        "k1",
        new RecordHeaders().add("trace-id", "old".getBytes(UTF_8)).add("trace-id", utf8("Zürich")));
    produce(topic, null, new RecordHeaders().add("n", new byte[] {0x71, 0, 0, 1, 0}));

    assertThat(
            read(
                topic,
                "id INT, k STRING METADATA FROM 'key', trace STRING METADATA FROM 'headers.trace-id', n BYTES METADATA FROM 'headers.n', h MAP<STRING, STRING> METADATA FROM 'headers', PartitionId INT METADATA",
                ", 'header-encoding' = 'amqp'"))
        .containsExactlyInAnyOrder(
            Row.of(1, "k1", "Zürich", null, Map.of("trace-id", "Zürich"), 0),
            Row.of(1, null, null, new byte[] {0x71, 0, 0, 1, 0}, Map.of("n", "256"), 0));
  }

  @Test
  void rejectsARecordWithoutTheKeyOrHeaderThatAColumnRequires() throws Exception {
    TestTopic topic = TestTopic.create(kafka, 1);
    produce(topic, "k1", new RecordHeaders().add("tenant", utf8("a")));
    produce(topic, null, new RecordHeaders().add("tenant", utf8("b")));
    produce(topic, "k3", new RecordHeaders());

    assertThat(
            read(
                topic,
                "id INT, k STRING NOT NULL METADATA FROM 'key', tenant STRING NOT NULL METADATA FROM 'headers.tenant', code STRING METADATA FROM 'error-code', message STRING METADATA FROM 'error-message'",
                ", 'on-error' = 'dead-letter', 'dead-letter-topic' = 'unused'"))
        .containsExactlyInAnyOrder(
            Row.of(1, "k1", "a", null, null),
            Row.of(
                null,
                "",
                "b",
                "InputDeserializerError.MissingColumns",
                "the record has no key, but the column is declared NOT NULL"),
            Row.of(
                null,
                "k3",
                "",
                "InputDeserializerError.MissingColumns",
                "the record has no header 'tenant', but the column is declared NOT NULL"));
  }

  private List<Row> read(TestTopic topic, String columns, String options) throws Exception {
    StreamTableEnvironment tables = FlinkTables.create(1);
    tables.executeSql(
        """
        CREATE TEMPORARY TABLE given (%s) WITH (
          'connector' = 'kafka-input', 'bootstrap-servers' = '%s', 'topic' = '%s',
          'format' = 'json', 'start' = 'earliest', 'bounded' = 'true'%s)"""
            .formatted(columns, kafka.bootstrapServers(), topic.name(), options));
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> found = tables.executeSql("SELECT * FROM given").collect()) {
      found.forEachRemaining(rows::add);
    }
    return rows;
  }

  private void produce(TestTopic topic, String key, Headers headers) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  topic.name(), 0, key == null ? null : utf8(key), utf8("{\"id\":1}"), headers))
          .get();
    }
  }

  private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new TreeMap<>();
    record
        .headers()
        .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    return headers;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
