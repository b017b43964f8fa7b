package dev.outflow.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.error.DeadLetter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sends about five hundred malformed values: none stops a job with a dead-letter topic. */
@ExtendWith({MiniClusterExtension.class, KafkaExtension.class})
class MalformedRecordsITCase {
  private static final int BLANKS = 30 * 1024 * 1024;
  private static final Map<String, String> LARGE =
      Map.of("max.message.bytes", String.valueOf(2 * BLANKS));

  private final EmbeddedKafka kafka;

  MalformedRecordsITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void keepsEachMalformedRecordByteForByteAndDeliversTheGoodOnes(@TempDir Path folder)
      throws Exception {
    long seed = Long.getLong("seed", 20_261_124);
    MalformedRecords malformed = new MalformedRecords(new Random(seed));
    byte[] blanks = new byte[BLANKS];
    Arrays.fill(blanks, (byte) ' ');
    List<byte[]> json = new ArrayList<>(malformed.json());
    json.add(blanks);
    Corpus inJson = corpus(json, "{\"n\": 1, \"name\": \"a\"}".getBytes(UTF_8));
    Corpus inCsv = corpus(malformed.csv(), "1,a".getBytes(UTF_8));
    Corpus inAvro = corpus(malformed.avro(), new byte[] {2, 2, 'a'});
    byte[] framed = MalformedRecords.framed(MalformedRecords.KNOWN_ID, new byte[] {2, 2, 'a'});
    Corpus inFramedAvro = corpus(malformed.framedAvro(), framed);
    TestTopic output = TestTopic.create(kafka, 1);
    HttpServer registry = registry();
    try {
      run(
          folder,
          input("json", inJson, "json")
              + input("csv", inCsv, "csv")
              + input("avro", inAvro, "avro")
              + input(
                  "framed",
                  inFramedAvro,
                  "avro-confluent, avro-confluent.url: \"http://127.0.0.1:%d\""
                      .formatted(registry.getAddress().getPort())),
          output);
    } finally {
      registry.stop(0);
    }

    int all = 0;
    for (Corpus corpus : List.of(inJson, inCsv, inAvro, inFramedAvro)) {
      corpus.assertAllKept();
      all += corpus.bad().size();
    }
    assertThat(all).isGreaterThan(500);
    assertThat(inJson.codes())
        .containsExactly("InvalidData", "MissingColumns", "TypeConversionError");
    assertThat(inCsv.codes())
        .containsExactly("InvalidData", "MissingColumns", "TypeConversionError");
    assertThat(inAvro.codes()).containsExactly("InvalidData");
    assertThat(inFramedAvro.codes()).containsExactly("InvalidData", "InvalidHeader");
    assertThat(output.settled())
        .extracting(record -> new String(record.value(), UTF_8))
        .containsOnly("1,a")
        .hasSize(8 + MalformedRecords.GOOD_JSON_ROWS);
  }

  /** Sends the bad values between two good ones. */
  private Corpus corpus(List<byte[]> bad, byte[] good) throws Exception {
    Corpus corpus =
        new Corpus(bad, TestTopic.create(kafka, 1, LARGE), TestTopic.create(kafka, 1, LARGE));
    List<byte[]> values = new ArrayList<>(bad);
    values.add(0, good);
    values.add(good);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "max.request.size", 2 * BLANKS,
                "buffer.memory", 2 * BLANKS),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      values.forEach(
          value -> sent.add(producer.send(new ProducerRecord<>(corpus.topic().name(), value))));
      for (Future<RecordMetadata> result : sent) {
        result.get();
      }
    }
    return corpus;
  }

  private String input(String name, Corpus corpus, String format) {
    return """
      %s: { connector: kafka, bootstrap-servers: "%s", topic: %s, bounded: true, format: %s, on-error: dead-letter,
        dead-letter-topic: %s, columns: { n: BIGINT NOT NULL, name: STRING NOT NULL } }
    """
        .formatted(
            name,
            kafka.bootstrapServers(),
            corpus.topic().name(),
            format,
            corpus.deadLetters().name());
  }

  private void run(Path folder, String inputs, TestTopic output) throws Exception {
    Definitions.compose(
            Definitions.read(
                folder,
                """
                name: malformed
                inputs:
                %s
                queries:
                  good: >
                    SELECT * FROM json UNION ALL SELECT * FROM csv
                    UNION ALL SELECT * FROM avro UNION ALL SELECT * FROM framed
                outputs:
                  good: { bootstrap-servers: "%s", topic: %s, format: csv }
                flink: { execution.checkpointing.interval: 500 ms }
                """
                    .formatted(inputs, kafka.bootstrapServers(), output.name())))
        .submit()
        .getJobExecutionResult()
        .get(2, TimeUnit.MINUTES);
  }

  /** Starts a schema registry with one schema. */
  private static HttpServer registry() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean known =
              exchange
                  .getRequestURI()
                  .getPath()
                  .equals("/schemas/ids/" + MalformedRecords.KNOWN_ID);
          String schema = MalformedRecords.AVRO.toString().replace("\"", "\\\"");
          byte[] answer =
              (known ? "{\"schema\":\"%s\"}".formatted(schema) : "{\"error_code\":40403}")
                  .getBytes(UTF_8);
          exchange.sendResponseHeaders(known ? 200 : 404, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }

  /** The bad values, the topic that they were sent to, and the dead-letter topic. */
  private record Corpus(List<byte[]> bad, TestTopic topic, TestTopic deadLetters) {

    /** The topic starts with a good value. */
    void assertAllKept() throws Exception {
      Map<Integer, byte[]> kept = new TreeMap<>();
      for (ConsumerRecord<byte[], byte[]> record : deadLetters.settled()) {
        assertThat(record.headers().lastHeader(DeadLetter.TRUNCATED)).isNull();
        int offset = Integer.parseInt(header(record, DeadLetter.OFFSET));
        assertThat(kept.put(offset - 1, record.value())).as("number %d twice", offset).isNull();
      }
      for (int i = 0; i < bad.size(); i++) {
        byte[] expected = bad.get(i);
        assertThat(Arrays.equals(kept.remove(i), expected))
            .as("number %d: %s", i, text(expected))
            .isTrue();
      }
      assertThat(kept).isEmpty();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
      return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    Set<String> codes() {
      return deadLetters.settled().stream()
          .map(record -> header(record, DeadLetter.CODE))
          .map(code -> code.substring(code.indexOf('.') + 1))
          .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text(byte[] value) {
      return HexFormat.of().formatHex(value, 0, Math.min(80, value.length));
    }
  }
}
