package dev.outflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outflow.embedded.CustomKafka;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./outflow preview} in a pipe; SamplingITCase has a secured input. */
@ExtendWith(KafkaExtension.class)
class PreviewITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TIME = "2026-11-24T10:00:10Z";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String JOB =
      """
      name: previewed
      inputs:
        orders:
          connector: kafka
          bootstrap-servers: BROKER
          topic: INPUT
          format: json
          columns:
            order_id: STRING
            amount: DECIMAL(10, 2)
            placed_at: TIMESTAMP_LTZ(3) NOT NULL
          event-time: { column: placed_at }
      queries:
        seen: "SELECT order_id, amount, 'web' AS channel, placed_at FROM orders"
        counted: "SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(placed_at), INTERVAL '1' HOUR)) GROUP BY window_start, window_end"
      outputs:
        seen:
          bootstrap-servers: BROKER
          topic: OUTPUT
          format: json
          partition-key: order_id
          headers: { channel: channel }
          exclude-from-value: [channel]
        counted: { bootstrap-servers: BROKER, topic: OUTPUT, format: json }
      flink: { pipeline.auto-watermark-interval: 1 ms, execution.checkpointing.interval: 100 ms }
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  @Test
  void showsRowsBadRecordsAndLateRowsAndChangesNothingInKafka(EmbeddedKafka kafka)
      throws Exception {
    TestTopic input = TestTopic.create(kafka, 1);
    TestTopic output = TestTopic.create(kafka, 1, Map.of("max.message.bytes", "2000"));
    String job = write(JOB, kafka, input, output);
    send(kafka, input, order("a", 1, "2026-11-24T10:00:10Z"));
    State before = State.of(kafka);

    CompletableFuture<Integer> preview =
        CompletableFuture.supplyAsync(
            () -> outflow("preview", job, "--output", "seen", "--since", "10min", "--rows", "3"));
    await().atMost(PATIENCE).until(() -> preview.isDone() || out.toString().contains("\"a\""));
    send(kafka, input, order("b", 2, "2026-11-24T10:00:00Z"));
    send(kafka, input, "{\"order_id\": \"x\", \"amount\": \"much\"}");
    send(kafka, input, order("y".repeat(3_000), 2, "2026-11-24T10:00:11Z"));
    send(kafka, input, order("c", 3, "2026-11-24T10:00:12Z"));

    assertThat(preview.get()).as(err.toString()).isZero();
    List<JsonNode> lines = lines();
    assertThat(out.toString().lines().filter(line -> line.startsWith("{\"output\"")))
        .containsExactly(
            row("a", 1, "2026-11-24T10:00:10Z", output),
            row("b", 2, "2026-11-24T10:00:00Z", output),
            row("c", 3, "2026-11-24T10:00:12Z", output));
    assertThat(find(lines, "late-row").toString())
        .contains("\"event-time\":\"2026-11-24T10:00:00Z\"")
        .contains("\"row\":{\"order_id\":\"b\",\"amount\":2.0");
    assertThat(find(lines, "bad-record").toString())
        .contains("\"input\":\"orders\",\"code\":\"InputDeserializerError.TypeConversionError\"")
        .contains("\"column\":\"amount\"", "\"partition\":0,\"offset\":2}");
    assertThat(find(lines, "bad-row").toString())
        .contains("\"output\":\"seen\",\"code\":\"OutputDataConversionError.", "max.message.bytes");
    assertThat(err.toString())
        .contains("connecting to input orders (topic %s at ".formatted(input.name()))
        .contains("preview of previewed ended after ", "; nothing was written to Kafka")
        .contains("input orders: 5 records, late 1, watermark 2026-11-24T10:00:1")
        .contains("bad 1 (InputDeserializerError.TypeConversionError 1)")
        .contains("output seen: 3 rows, bad 1")
        .contains("1 of 5 records of input orders do not match its columns (1 bad, 0 without")
        .contains("'./outflow columns orders' shows what the topic contains");
    assertThat(State.of(kafka)).isEqualTo(before);
    assertThat(output.committed()).isEmpty();
  }

  @Test
  void saysWhatItWaitsForAndShowsJavaTransformations(EmbeddedKafka kafka) throws Exception {
    TestTopic input = TestTopic.create(kafka, 1);
    String job =
        write(
            JOB.replaceAll("(?s)queries:.*?outputs:\n.*?flink:", TRANSFORMATION),
            kafka,
            input,
            input);
    CompletableFuture<Integer> preview =
        CompletableFuture.supplyAsync(() -> outflow("preview", job, "--rows", "2"));
    await()
        .atMost(PATIENCE)
        .until(() -> preview.isDone() || err.toString().contains("waiting for records"));
    assertThat(err.toString())
        .contains(
            "waiting for records of input orders (topic %s at %s); --since 10min reads earlier ones, too"
                .formatted(input.name(), kafka.bootstrapServers()));

    AtomicInteger sent = new AtomicInteger();
    await() // The first ones may precede the position that the job starts from.
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              send(kafka, input, order("id-" + sent.incrementAndGet() / 2, 1, TIME));
              assertThat(preview).as("%s%s", out, err).isDone();
            });

    assertThat(preview.get()).as(err.toString()).isZero();
    assertThat(lines().stream().filter(line -> line.has("output")))
        .extracting(line -> line.at("/value/order_id").asText())
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void showsUpsertsAndTombstonesOfACompactedTopicFromItsBeginning(EmbeddedKafka kafka)
      throws Exception {
    TestTopic input = TestTopic.create(kafka, 1, Map.of("cleanup.policy", "compact"));
    TestTopic output = TestTopic.create(kafka, 1, Map.of("cleanup.policy", "compact"));
    String job = write(UPSERTS, kafka, input, output);
    send(kafka, input, "c1", "{\"name\": \"Ada\"}");
    send(kafka, input, "c2", "{\"name\": \"Bo\"}");
    send(kafka, input, "c1", null);

    assertThat(outflow("preview", job, "--rows", "3")).as(err.toString()).isZero();

    String shown =
        "{\"output\":\"names\",\"op\":\"%s\",\"topic\":\"%s\",\"key\":\"%s\",\"value\":%s}";
    assertThat(out.toString().lines())
        .containsExactly(
            shown.formatted("+I", output.name(), "c1", "{\"id\":\"c1\",\"name\":\"Ada\"}"),
            shown.formatted("+I", output.name(), "c2", "{\"id\":\"c2\",\"name\":\"Bo\"}"),
            shown.formatted("-D", output.name(), "c1", "null"));
    assertThat(output.committed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"adjust, adjusted, 3", "drop, dropped, 2"})
  void countsTheRecordsThatEventOrderingAdjustsOrDrops(
      String policy, String counted, String rows, EmbeddedKafka kafka) throws Exception {
    TestTopic input = TestTopic.create(kafka, 1);
    String job = write(JOB, kafka, input, input);
    String now = Instant.now().toString();
    send(kafka, input, order("a", 1, now));
    send(kafka, input, order("late", 2, TIME));
    send(kafka, input, order("c", 3, now));

    assertThat(
            outflow(
                "preview",
                job,
                "--output",
                "seen",
                "--since",
                "10min",
                "--set",
                "inputs.orders.event-time.late=1 min",
                "--set",
                "inputs.orders.event-time.policy=" + policy,
                "--rows",
                rows))
        .as(err.toString())
        .isZero();

    assertThat(out.toString().lines().filter(line -> line.startsWith("{\"output\"")))
        .hasSize(Integer.parseInt(rows));
    assertThat(err.toString())
        .contains(
            "input orders: 3 records, %s 1 (OutOfOrderEvent 1), watermark ".formatted(counted));
  }

  @Test
  void reportsABrokerThatGoesAwayAndComesBack() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      TestTopic input = TestTopic.create(kafka, 1);
      String job = write(JOB, kafka, input, input);
      send(kafka, input, order("a", 1, TIME));
      CompletableFuture<Integer> preview =
          CompletableFuture.supplyAsync(
              () -> outflow("preview", job, "--output", "seen", "--since", "10min", "--rows", "2"));
      await().atMost(PATIENCE).until(() -> preview.isDone() || out.toString().contains("\"a\""));

      CustomKafka.stop(kafka);
      await()
          .atMost(PATIENCE)
          .until(() -> preview.isDone() || err.toString().contains("input orders cannot be read"));
      assertThat(err.toString())
          .contains(
              "input orders cannot be read: bootstrap-servers: no Kafka broker responded at %s within 5 s; check that it is running"
                  .formatted(kafka.bootstrapServers()));

      CustomKafka.startAgain(kafka);
      send(kafka, input, order("b", 2, TIME));
      assertThat(preview.get()).as(err.toString()).isZero();
      assertThat(out.toString()).contains("\"b\"");
      assertThat(err.toString()).contains("input orders can be read again");
    }
  }

  @Test
  void showsLargeRecordsAndThoseThatAreTooLarge(EmbeddedKafka kafka) throws Exception {
    Map<String, String> large = Map.of("max.message.bytes", "12000000");
    TestTopic input = TestTopic.create(kafka, 1, large);
    String job = write(JOB, kafka, input, input);
    for (int number = 1; number <= 5; number++) {
      send(kafka, input, order(number + "x".repeat(10_000_000), number, TIME));
    }

    assertThat(previewOf(job, TestTopic.create(kafka, 1, large), 5)).as(err.toString()).isZero();
    assertThat(out.toString().lines().filter(line -> line.startsWith("{\"output\"")))
        .hasSize(5)
        .extracting(String::length)
        .allMatch(length -> length > 10_000_000 && length < 10_000_500);

    send(kafka, input, order("small", 6, TIME));
    out.getBuffer().setLength(0);
    assertThat(previewOf(job, TestTopic.create(kafka, 1), 1)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("\"order_id\":\"small\"");
    assertThat(out.toString().lines().filter(line -> line.startsWith("{\"bad-row\"")))
        .hasSize(5)
        .allMatch(line -> line.contains("max.message.bytes"));
  }

  private int previewOf(String job, TestTopic output, int rows) {
    String seen =
        "outputs.seen={bootstrap-servers: '%s', topic: '%s', format: json, kafka.max.request.size: 12000000}"
            .formatted(output.kafka().bootstrapServers(), output.name());
    String query = "queries.seen=SELECT order_id, amount FROM orders";
    return outflow(
        "preview",
        job,
        "--output",
        "seen",
        "--since",
        "10min",
        "--set",
        query,
        "--set",
        seen,
        "--rows",
        String.valueOf(rows),
        "--for",
        "1 min");
  }

  private static final String UPSERTS =
      """
      name: upserts
      inputs:
        customers:
          connector: kafka
          bootstrap-servers: BROKER
          topic: INPUT
          mode: upsert
          primary-key: id
          format: json
          columns: { id: STRING, name: STRING }
      queries:
        names: SELECT * FROM customers
      outputs:
        names: { bootstrap-servers: BROKER, topic: OUTPUT, format: json, mode: upsert, partition-key: id }
      """;

  @Test
  void reportsEveryInputThatCannotBeReadAndWrongArguments(EmbeddedKafka kafka) throws Exception {
    TestTopic topic = TestTopic.create(kafka, 1);
    String job = write(JOB, kafka, topic, topic);

    assertThat(outflow("preview", job, "--set", "inputs.orders.topic=absent")).isEqualTo(2);
    assertThat(err.toString())
        .contains("inputs.orders.topic  topic 'absent' does not exist on")
        .doesNotContain("\tat ");
    assertThat(outflow("preview", job, "--output", "sen")).isEqualTo(2);
    assertThat(err.toString()).contains("--output: unknown output 'sen'; did you mean 'seen'?");
    assertThat(outflow("preview", job, "--rows", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--rows: must be at least 1");
    assertThat(outflow("preview", job, "--since", "0 s")).isEqualTo(2);
    assertThat(err.toString()).contains("--since: must be positive, e.g. 10min");
  }

  private static final String TRANSFORMATION =
      """
      transformation: dev.outflow.example.DistinctOrders
      outputs:
        distinct_orders: { bootstrap-servers: BROKER, topic: OUTPUT, format: json }
      flink:""";

  /** What a preview must not change, apart from what this test has sent. */
  private record State(Set<String> groups, Set<String> topics, int transactions) {
    static State of(EmbeddedKafka kafka) throws Exception {
      try (Admin admin = kafka.admin()) {
        return new State(
            admin.listGroups().all().get().stream()
                .map(Object::toString)
                .collect(Collectors.toCollection(TreeSet::new)),
            new TreeSet<>(
                admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get()),
            admin.listTransactions().all().get().size());
      }
    }
  }

  private static String order(String id, int amount, String time) {
    return "{\"order_id\": \"%s\", \"amount\": %d, \"placed_at\": \"%s\"}"
        .formatted(id, amount, time);
  }

  private static String row(String id, int amount, String time, TestTopic output) {
    return "{\"output\":\"seen\",\"op\":\"+I\",\"topic\":\"%s\",\"timestamp\":\"%s\",\"key\":\"%s\",\"headers\":{\"channel\":\"web\"},\"value\":{\"order_id\":\"%s\",\"amount\":%d.00,\"placed_at\":\"%s\"}}"
        .formatted(output.name(), time, id, id, amount, time);
  }

  private static JsonNode find(List<JsonNode> lines, String kind) {
    List<JsonNode> found = lines.stream().filter(line -> line.has(kind)).toList();
    assertThat(found).as(kind).hasSize(1);
    return found.get(0);
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private static void send(EmbeddedKafka kafka, TestTopic topic, String value) throws Exception {
    send(kafka, topic, null, value);
  }

  /** Sends a record; without a value, it is a tombstone. */
  private static void send(EmbeddedKafka kafka, TestTopic topic, String key, String value)
      throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.request.size", 12_000_000),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  topic.name(), 0, Instant.now().toEpochMilli(), bytes(key), bytes(value)))
          .get();
    }
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }

  private String write(String job, EmbeddedKafka kafka, TestTopic input, TestTopic output)
      throws IOException {
    return Files.writeString(
            folder.resolve("job.yaml"),
            job.replace("BROKER", kafka.bootstrapServers())
                .replace("INPUT", input.name())
                .replace("OUTPUT", output.name()))
        .toString();
  }

  private int outflow(String... args) {
    return Outflow.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
