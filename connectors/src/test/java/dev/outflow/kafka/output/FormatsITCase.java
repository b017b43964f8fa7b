package dev.outflow.kafka.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.FlinkTables;
import java.io.File;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.FileRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Writes each format with each compression type, reads the records with a plain Kafka consumer, and
 * decodes them with libraries other than Flink's.
 */
@ExtendWith({MiniClusterExtension.class, KafkaExtension.class})
class FormatsITCase {
  private final EmbeddedKafka kafka;

  FormatsITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @ParameterizedTest
  @EnumSource(CompressionCodec.class)
  void writesEveryJsonValue(CompressionCodec compression) throws Exception {
    TestTopic topic = TestTopic.create(kafka, 1);
    write(WideRow.all(), "json", compression, topic);

    ObjectMapper json =
        JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    List<byte[]> values = values(topic);
    assertThat(values).hasSize(2);
    assertThat(json.readTree(values.get(0))).isEqualTo(json.readTree(WideRow.FULL_JSON));
    assertThat(new String(values.get(0), UTF_8)).contains("\"price\":0.000001");
    JsonNode empty = json.readTree(values.get(1));
    assertThat(empty.get("id").longValue()).isEqualTo(2);
    assertThat(empty.properties())
        .hasSize(json.readTree(values.get(0)).size())
        .filteredOn(field -> !field.getKey().equals("id"))
        .allSatisfy(field -> assertThat(field.getValue().isNull()).as(field.getKey()).isTrue());
    assertThat(storedCompression(topic)).containsOnly(compression.toString());
  }

  @ParameterizedTest
  @EnumSource(CompressionCodec.class)
  void writesEveryCsvValue(CompressionCodec compression) throws Exception {
    TestTopic topic = TestTopic.create(kafka, 1);
    write(WideRow.csvColumns(), "csv", compression, topic);

    List<byte[]> values = values(topic);
    assertThat(values).hasSize(2);
    assertThat(csv(values.get(0))).containsExactlyElementsOf(WideRow.FULL_CSV);
    assertThat(csv(values.get(1)))
        .hasSameSizeAs(WideRow.FULL_CSV)
        .startsWith("2")
        .allMatch(field -> field.isEmpty() || field.equals("2"));
    assertThat(storedCompression(topic)).containsOnly(compression.toString());
  }

  @ParameterizedTest
  @EnumSource(CompressionCodec.class)
  void writesEveryAvroValue(CompressionCodec compression) throws Exception {
    TestTopic topic = TestTopic.create(kafka, 1);
    write(WideRow.all(), "avro", compression, topic);

    List<byte[]> values = values(topic);
    assertThat(values).hasSize(2);
    GenericRecord full = avro(values.get(0));
    assertThat(full.get("id")).isEqualTo(1L);
    assertThat(full.get("name").toString()).isEqualTo(WideRow.NAME);
    assertThat(full.get("blank").toString()).isEmpty();
    assertThat(full.get("flag")).isEqualTo(true);
    assertThat(full.get("tiny")).isEqualTo(-128);
    assertThat(full.get("ratio")).isEqualTo(0.1);
    assertThat(decimal(full.get("price"))).isEqualTo(new BigDecimal("0.000001"));
    assertThat(full.get("day")).isEqualTo(20_780);
    assertThat(full.get("clock")).isEqualTo(36_900_000);
    assertThat(full.get("local")).isEqualTo(1_795_428_930_123L);
    assertThat(full.get("instant")).isEqualTo(1_795_425_330_123L);
    assertThat(((ByteBuffer) full.get("payload")).array()).isEqualTo(new byte[] {0, -1, 127});
    GenericRecord nested = (GenericRecord) full.get("customer");
    assertThat(nested.get("name").toString()).isEqualTo("Zoë");
    assertThat(((GenericRecord) nested.get("address")).get("zip")).isEqualTo(8000);
    assertThat(((GenericRecord) full.get("place")).get("city").toString()).isEqualTo("Zürich");
    assertThat(full.get("tags").toString()).isEqualTo("[a, b]");
    assertThat(full.get("counts").toString()).isEqualTo("{k=7}");
    assertThat(full.get("c99")).isEqualTo(99);
    GenericRecord empty = avro(values.get(1));
    assertThat(empty.get("id")).isEqualTo(2L);
    assertThat(empty.getSchema().getFields())
        .filteredOn(field -> !field.name().equals("id"))
        .allSatisfy(field -> assertThat(empty.get(field.pos())).as(field.name()).isNull());
    assertThat(storedCompression(topic)).containsOnly(compression.toString());
  }

  private static void write(
      List<String> columns, String format, CompressionCodec compression, TestTopic topic)
      throws Exception {
    StreamTableEnvironment tables = FlinkTables.create(1);
    Table rows = WideRow.table(tables, columns);
    tables.executeSql(
        """
        CREATE TEMPORARY TABLE wide (%s) WITH (
          'connector' = 'kafka-output',
          'bootstrap-servers' = '%s',
          'topic' = '%s',
          'format' = '%s',
          'compression-type' = '%s',
          'kafka.linger.ms' = '100'
        )"""
            .formatted(
                WideRow.ddl(columns),
                topic.kafka().bootstrapServers(),
                topic.name(),
                format,
                compression));
    FlinkTables.insert(rows, "wide");
  }

  /** Returns the full row, then the empty one; Flink reads the two from separate sources. */
  private static List<byte[]> values(TestTopic topic) {
    return topic.settled().stream()
        .map(ConsumerRecord::value)
        .sorted(Comparator.comparing(value -> !new String(value, UTF_8).contains("Zoë")))
        .toList();
  }

  private static List<String> csv(byte[] value) throws Exception {
    List<CSVRecord> lines =
        CSVFormat.DEFAULT.parse(new StringReader(new String(value, UTF_8))).getRecords();
    assertThat(lines).hasSize(1);
    return lines.get(0).toList();
  }

  private static GenericRecord avro(byte[] value) throws Exception {
    return new GenericDatumReader<GenericRecord>(WideRow.avroSchema())
        .read(null, DecoderFactory.get().binaryDecoder(value, null));
  }

  private static BigDecimal decimal(Object unscaled) {
    return new Conversions.DecimalConversion()
        .fromBytes((ByteBuffer) unscaled, null, LogicalTypes.decimal(20, 6));
  }

  /** Reads the compression of each batch in the broker's files, except transaction markers. */
  private List<String> storedCompression(TestTopic topic) throws Exception {
    List<String> types = new ArrayList<>();
    File[] segments =
        kafka
            .logFolder()
            .resolve(topic.name() + "-0")
            .toFile()
            .listFiles((folder, name) -> name.endsWith(".log"));
    for (File segment : segments) {
      try (FileRecords records = FileRecords.open(segment, false)) {
        for (RecordBatch batch : records.batches()) {
          if (!batch.isControlBatch()) {
            types.add(batch.compressionType().name);
          }
        }
      }
    }
    return types;
  }
}
