package dev.outflow.local;

import static dev.outflow.local.PreviewedJob.JOB;
import static dev.outflow.local.PreviewedJob.TIME;
import static dev.outflow.local.PreviewedJob.order;
import static dev.outflow.local.PreviewedJob.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import java.io.IOException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./outflow preview} in a pipe; SecuredSamplingITCase has a secured input. */
@ExtendWith(KafkaExtension.class)
class PreviewITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

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

  private static final String TRANSFORMATION =
      """
      transformation: dev.outflow.example.DistinctOrders
      outputs:
        distinct_orders: { bootstrap-servers: BROKER, topic: OUTPUT, format: json }
      flink:""";

  private final OutflowCommand outflow = new OutflowCommand();
  @TempDir private Path folder;

  @Test
  void showsRowsBadRecordsAndLateRowsAndChangesNothingInKafka(EmbeddedKafka kafka)
      throws Exception {
    TestTopic input = TestTopic.create(kafka, 1);
    TestTopic output = TestTopic.create(kafka, 1, Map.of("max.message.bytes", "2000"));
    String job = new PreviewedJob(input, output).write(folder);
    input.send(order("a", 1, "2026-11-24T10:00:10Z"));
    State before = State.of(kafka);

    CompletableFuture<Integer> preview =
        outflow.start("preview", job, "--output", "seen", "--since", "10min", "--rows", "3");
    await().atMost(PATIENCE).until(() -> preview.isDone() || outflow.out().contains("\"a\""));
    input.send(order("b", 2, "2026-11-24T10:00:00Z"));
    input.send("{\"order_id\": \"x\", \"amount\": \"much\"}");
    input.send(order("y".repeat(3_000), 2, "2026-11-24T10:00:11Z"));
    input.send(order("c", 3, "2026-11-24T10:00:12Z"));

    assertThat(preview.get()).as(outflow.err()).isZero();
    List<JsonNode> lines = lines();
    assertThat(rows(outflow))
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
    assertThat(outflow.err())
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
    PreviewedJob previewed = PreviewedJob.create(kafka);
    TestTopic input = previewed.input();
    String job =
        previewed.write(
            folder, JOB.replaceAll("(?s)queries:.*?outputs:\n.*?flink:", TRANSFORMATION));
    CompletableFuture<Integer> preview = outflow.start("preview", job, "--rows", "2");
    await()
        .atMost(PATIENCE)
        .until(() -> preview.isDone() || outflow.err().contains("waiting for records"));
    assertThat(outflow.err())
        .contains(
            "waiting for records of input orders (topic %s at %s); --since 10min reads earlier ones, too"
                .formatted(input.name(), kafka.bootstrapServers()));

    AtomicInteger sent = new AtomicInteger();
    await() // The first ones may precede the position that the job starts from.
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              input.send(order("id-" + sent.incrementAndGet() / 2, 1, TIME));
              assertThat(preview).as("%s%s", outflow.out(), outflow.err()).isDone();
            });

    assertThat(preview.get()).as(outflow.err()).isZero();
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
    String job = new PreviewedJob(input, output).write(folder, UPSERTS);
    input.send(0, Instant.now(), "c1", "{\"name\": \"Ada\"}");
    input.send(0, Instant.now(), "c2", "{\"name\": \"Bo\"}");
    input.send(0, Instant.now(), "c1", null);

    assertThat(outflow.run("preview", job, "--rows", "3")).as(outflow.err()).isZero();

    String shown =
        "{\"output\":\"names\",\"op\":\"%s\",\"topic\":\"%s\",\"key\":\"%s\",\"value\":%s}";
    assertThat(outflow.out().lines())
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
    PreviewedJob previewed = PreviewedJob.create(kafka);
    TestTopic input = previewed.input();
    String job = previewed.write(folder);
    String now = Instant.now().toString();
    input.send(order("a", 1, now));
    input.send(order("late", 2, TIME));
    input.send(order("c", 3, now));

    assertThat(
            outflow.run(
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
        .as(outflow.err())
        .isZero();

    assertThat(rows(outflow)).hasSize(Integer.parseInt(rows));
    assertThat(outflow.err())
        .contains(
            "input orders: 3 records, %s 1 (OutOfOrderEvent 1), watermark ".formatted(counted));
  }

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
    for (String line : outflow.out().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }
}
