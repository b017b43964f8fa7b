package dev.outflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.FakeKeyVault;
import dev.outflow.embedded.FakeManagedIdentity;
import dev.outflow.embedded.KeyVaultExtension;
import dev.outflow.embedded.SecureKafka;
import dev.outflow.embedded.SecuredBroker;
import dev.outflow.embedded.TestTopic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./outflow sample} and {@code ./outflow columns}: on a secured and on an open listener. */
@ExtendWith(KeyVaultExtension.class)
class SamplingITCase {
  private static final long TIME = Instant.parse("2026-11-24T10:00:00Z").toEpochMilli();
  private static final String JOB =
      """
      name: sampled
      inputs:
        orders:
          connector: kafka
      SECURITY
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

  private static final String RESULT =
      """
      queries: { result: "SELECT order_id, COUNT(*) AS orders, window_start FROM TABLE(TUMBLE(TABLE seen, DESCRIPTOR(placed_at), INTERVAL '1' MINUTE)) GROUP BY order_id, window_start, window_end" }
      outputs:
        result: { bootstrap-servers: BROKER, topic: result, format: json, delivery-guarantee: at-least-once }
      """;

  private static final String ASA =
      """
      { "resources": [ { "type": "Microsoft.StreamAnalytics/streamingjobs", "name": "imported",
        "properties": {
          "inputs": [ { "name": "orders", "properties": { "type": "Stream", "serialization": { "type": "Json" },
            "datasource": { "type": "Kafka", "properties": { "bootstrapServers": "BROKER", "topic": "TOPIC", "securityProtocol": "None" } } } } ],
          "transformation": { "properties": { "query":
            "SELECT order_id, amount, customer INTO result FROM orders TIMESTAMP BY placed_at" } },
          "outputs": [] } } ] }
      """;

  private static SecuredBroker broker;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  @BeforeAll
  static void start(FakeKeyVault vault, FakeManagedIdentity identity) throws Exception {
    identity.work();
    broker = SecuredBroker.start(vault);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void printsTheRowsThatTheJobReadsAndBadRecordsWithTheirCode() throws Exception {
    TestTopic topic = TestTopic.create(broker.kafka().broker(), 2);
    send(topic, 0, order(1));
    send(topic, 1, "{\"order_id\": \"b\", \"amount\": \"much\"}");
    send(topic, 0, "binary \0 value");
    sendUncommitted(topic, order(9));
    String job = write(topic, "sasl_ssl");
    Path file = Path.of(job);
    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst(
                "topic: %s\n".formatted(topic.name()),
                "topic-pattern: %s|none-.*\n".formatted(topic.name())));

    assertThat(outflow("sample", "orders", job)).as(err.toString()).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "{\"order_id\":\"id-1\",\"amount\":1.50,\"placed_at\":\"2026-11-24T10:00:00Z\",\"customer\":{\"name\":\"Ann\",\"city\":\"Oslo\"},\"stored_at\":\"2026-11-24T10:00:00Z\",\"part\":0}",
            "{\"bad-record\":{\"code\":\"InputDeserializerError.InvalidData\",\"reason\":\"cannot decode 14 bytes as json\",\"partition\":0,\"offset\":1}}",
            "{\"bad-record\":{\"code\":\"InputDeserializerError.TypeConversionError\",\"column\":\"amount\",\"reason\":\"the text is not a valid DECIMAL(10, 2)\",\"partition\":1,\"offset\":0}}");
    assertThat(err.toString())
        .contains("1 rows of 3 records of topics that match '%s|none-.*'".formatted(topic.name()))
        .contains("bad records: 2")
        .doesNotContain(SecureKafka.PASSWORD);
    try (Admin admin = broker.kafka().broker().admin()) {
      assertThat(admin.listGroups().all().get()).isEmpty();
    }
  }

  @Test
  void writesATestCaseWithoutMaskedValues() throws Exception {
    TestTopic topic = TestTopic.create(broker.kafka().broker(), 1);
    send(topic, 0, order(1));
    send(topic, 0, order(2));
    String job = write(topic, "sasl_plaintext");
    Path testCase = folder.resolve("tests/morning");

    assertThat(
            outflow(
                "sample",
                "orders",
                job,
                "--rows",
                "1",
                "--into",
                testCase.toString(),
                "--mask",
                "customer.name",
                "--mask",
                "amount"))
        .as(err.toString())
        .isZero();
    assertThat(testCase.resolve("orders.jsonl"))
        .hasContent(
            "{\"order_id\":\"id-2\",\"amount\":null,\"placed_at\":\"2026-11-24T10:00:00Z\",\"customer\":{\"name\":\"masked\",\"city\":\"Oslo\"},\"stored_at\":\"2026-11-24T10:00:00Z\",\"part\":0}");
    assertThat(out.toString()).isEmpty();
    assertThat(outflow("sample", "orders", job, "--into", testCase.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("orders.jsonl exists; name another case");

    assertThat(outflow("test", testCase.toString(), "--accept")).as(err.toString()).isZero();
    assertThat(testCase.resolve("expected/result.jsonl"))
        .hasContent(
            "{\"order_id\":\"id-2\",\"name\":\"masked\",\"stored_at\":\"2026-11-24T10:00:00Z\"}");
  }

  @Test
  void readsTheFirstRecordsSinceATimeAndLargeOnes() throws Exception {
    TestTopic topic =
        TestTopic.create(broker.kafka().broker(), 1, Map.of("max.message.bytes", "12000000"));
    String large = "x".repeat(10_000_000);
    send(topic, 0, order(1));
    sendAt(topic, Instant.now().toEpochMilli(), order(2).replace("Ann", large));
    sendAt(topic, Instant.now().toEpochMilli(), order(3));
    String job = write(topic, "sasl_plaintext");

    assertThat(outflow("sample", "orders", job, "--since", "10min", "--rows", "1"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString().length()).isBetween(large.length(), large.length() + 1_000);
    assertThat(out.toString().substring(0, 30)).startsWith("{\"order_id\":\"id-2\"");
    String source = broker.kafka().broker().bootstrapServers() + "/" + topic.name();
    assertThat(outflow("columns", source)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("customer: ROW<`name` STRING, `city` STRING>");
  }

  @Test
  void limitsASampleOfLargeRecordsTo64Megabytes() throws Exception {
    TestTopic topic =
        TestTopic.create(broker.kafka().broker(), 1, Map.of("max.message.bytes", "12000000"));
    for (int number = 1; number <= 8; number++) {
      sendAt(topic, TIME + number, order(number).replace("Ann", "x".repeat(10_000_000)));
    }
    String job = write(topic, "sasl_plaintext");

    assertThat(outflow("sample", "orders", job, "--mask", "customer.name"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString().lines())
        .hasSize(6)
        .allMatch(row -> row.contains("\"customer\":{\"name\":\"masked\""));
    assertThat(lastLine()).isEqualTo("the sample is smaller: records are large: 6 fill 64 MB");
    String source = broker.kafka().broker().bootstrapServers() + "/" + topic.name();
    assertThat(outflow("columns", source)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("customer: ROW<`name` STRING, `city` STRING>");
    assertThat(err.toString()).contains("6 records, 2026-11-24T10:00:00.001Z to ");
    assertThat(lastLine()).isEqualTo("the sample is smaller: records are large: 6 fill 64 MB");
  }

  @Test
  void explainsWhatCannotBeSampledInOneLine() throws Exception {
    TestTopic topic = TestTopic.create(broker.kafka().broker(), 1);
    String job = write(topic, "sasl_plaintext");

    assertThat(outflow("sample", "orders", job)).isEqualTo(1);
    assertThat(lastLine()).startsWith("topic '%s' on ".formatted(topic.name()));
    assertThat(lastLine()).contains("no committed records");
    String source = broker.kafka().broker().bootstrapServers() + "/" + topic.name();
    assertThat(outflow("columns", source)).isEqualTo(1);
    assertThat(lastLine()).contains("no committed records; none were written");
    assertThat(outflow("new", "made-from", "--from", source)).isEqualTo(1);
    assertThat(lastLine()).contains("no committed records; none were written");
    assertThat(Path.of("made-from")).doesNotExist();
    assertThat(outflow("columns", source + "/")).isEqualTo(2);
    assertThat(err.toString())
        .contains("is not a topic; use BROKERS/TOPIC, e.g. broker:9092/orders");
    assertThat(outflow("new", "made-from", "--from", source, "--format", "avro")).isEqualTo(2);
    assertThat(err.toString()).contains("--format: columns cannot be inferred from 'avro'");
    assertThat(outflow("sample", "order", job)).isEqualTo(2);
    assertThat(err.toString()).contains("unknown input 'order'; did you mean 'orders'?");
    assertThat(outflow("sample", "made", job)).isEqualTo(2);
    assertThat(err.toString()).contains("input 'made' has the connector 'datagen'");
    assertThat(outflow("sample", "orders", job, "--mask", "customer.nme")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--mask customer.nme: unknown column; did you mean 'name'?");
    assertThat(outflow("sample", "orders", job, "--mask", "amount.cents")).isEqualTo(2);
    assertThat(err.toString()).contains("'amount' has the type DECIMAL(10, 2)");
    assertThat(outflow("sample", "orders", job, "--set", "inputs.orders.topic=absent"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("inputs.orders.topic  topic 'absent' does not exist on");
    try (Admin admin = broker.kafka().broker().admin()) {
      admin.createAcls(List.of(denied(topic))).all().get();
    }
    assertThat(outflow("sample", "orders", job)).isEqualTo(2);
    assertThat(lastLine()).contains("inputs.orders.topic  not authorized to ");
    assertThat(outflow("columns", "orders", job)).isEqualTo(2);
    assertThat(lastLine()).contains("inputs.orders.topic  not authorized to ");
  }

  @Test
  void proposesAnInputThatCanBePlannedAndReadsItsTopic() throws Exception {
    TestTopic topic = TestTopic.create(broker.kafka().broker(), 2);
    for (int number = 0; number < 30; number++) {
      send(topic, number % 2, order(number));
    }
    String brokers = broker.kafka().broker().bootstrapServers();

    assertThat(outflow("columns", brokers + "/" + topic.name())).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("    bootstrap-servers: %s\n    topic: %s\n".formatted(brokers, topic.name()))
        .containsPattern("order_id: STRING NOT NULL +# 30 of 30\n")
        .contains("customer: ROW<`name` STRING, `city` STRING> NOT NULL")
        .contains("column: placed_at\n      out-of-order: 0 s")
        .doesNotContain("Ann");
    String proposal = out.toString().replaceFirst("  topic_[^:]*:", "  seen:");
    String job =
        Files.writeString(
                folder.resolve("proposed.yaml"),
                "name: proposed\ninputs:\n" + proposal + RESULT.replace("BROKER", brokers))
            .toString();
    assertThat(outflow("ddl", job)).as(err.toString()).isZero();
    assertThat(outflow("sample", "seen", job, "--rows", "30")).as(err.toString()).isZero();
    assertThat(out.toString().lines()).hasSize(30).noneMatch(row -> row.contains("bad-record"));
  }

  @Test
  void infersTheColumnsOfASecuredInputWhoseColumnsAreWrong() throws Exception {
    TestTopic topic = TestTopic.create(broker.kafka().broker(), 1);
    send(topic, 0, order(1));
    String job = write(topic, "mtls");

    assertThat(outflow("columns", "orders", job, "--set", "inputs.orders.columns.amount=MONEY"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .startsWith("  orders:\n    # Keep connector, topic and security as they are.\n")
        .contains("amount: DOUBLE  ");
    String without =
        Files.writeString(
                folder.resolve("without.yaml"),
                Files.readString(Path.of(job))
                    .replaceFirst("(?s)    columns:.*?  made:", "  made:"))
            .toString();
    String proposed = out.toString();
    assertThat(outflow("columns", "orders", without)).as(err.toString()).isZero();
    assertThat(out).hasToString(proposed);
    send(topic, 0, "\0\0\0\0\7binary");
    assertThat(outflow("columns", "orders", job, "--rows", "1")).isEqualTo(1);
    assertThat(lastLine()).startsWith("1 of 1 records start with the id of a schema");
    assertThat(outflow("columns", "localhost:1/orders")).isEqualTo(2);
    assertThat(lastLine()).startsWith("localhost:1/orders  bootstrap-servers  ");
  }

  @Test
  void readsATopicOfASecuredBrokerWithAConnectionFile() throws Exception {
    TestTopic topic = TestTopic.create(broker.kafka().broker(), 1);
    send(topic, 0, order(1));
    Map<String, String> options = new TreeMap<>(broker.options("sasl_ssl", "SCRAM-SHA-512"));
    String source = options.remove("bootstrap-servers") + "/" + topic.name();
    Path connection = folder.resolve("connection.yaml");
    Files.write(
        connection,
        options.entrySet().stream()
            .map(option -> "%s: %s".formatted(option.getKey(), option.getValue()))
            .toList());

    assertThat(outflow("columns", source, "--connection", connection.toString()))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("    topic: %s\n".formatted(topic.name()))
        .contains("    password: \"%s\"\n".formatted(options.get("password")))
        .contains("amount: DOUBLE")
        .doesNotContain(SecureKafka.PASSWORD);
    assertThat(outflow("columns", source)).isEqualTo(2);
    assertThat(lastLine()).startsWith(source + "  ");
  }

  @Test
  void previewsASecuredInputWithoutPermissionsOnGroups() throws Exception {
    TestTopic topic = TestTopic.create(broker.kafka().broker(), 2);
    sendAt(topic, Instant.now().toEpochMilli(), order(1));
    sendUncommitted(topic, order(9));
    sendAt(topic, Instant.now().toEpochMilli(), order(2));
    String job = write(topic, "sasl_ssl");
    try (Admin admin = broker.kafka().broker().admin()) {
      admin.createAcls(List.of(denied(ResourceType.GROUP, "*", AclOperation.ALL))).all().get();

      assertThat(outflow("preview", job, "--set", "inputs.orders.password=not-the-password"))
          .isEqualTo(2);
      assertThat(err.toString())
          .contains("inputs.orders.password", "rejected the username or password")
          .doesNotContain("not-the-password", "\tat ");
      assertThat(outflow("preview", job, "--since", "10min", "--rows", "2"))
          .as(err.toString())
          .isZero();
      assertThat(out.toString().lines())
          .hasSize(2)
          .allMatch(row -> row.startsWith("{\"output\":\"result\",\"op\":\"+I\""))
          .anyMatch(row -> row.contains("\"value\":{\"order_id\":\"id-2\",\"name\":\"Ann\""));
      assertThat(err.toString()).doesNotContain(SecureKafka.PASSWORD);
      assertThat(admin.listGroups().all().get()).isEmpty();
    }
  }

  @Test
  void importsColumnsFromATopic() throws Exception {
    TestTopic topic = TestTopic.create(broker.kafka().broker(), 2);
    send(topic, 0, order(1));
    send(topic, 1, "not JSON");
    Path asa =
        Files.writeString(
            folder.resolve("asa.json"),
            ASA.replace("BROKER", broker.kafka().broker().bootstrapServers())
                .replace("TOPIC", topic.name()));
    Path imported = folder.resolve("imported");

    assertThat(
            outflow(
                "import", asa.toString(), "--to", imported.toString(), "--sample", "ORDERS=kafka"))
        .as(err.toString())
        .isZero();
    assertThat(imported.resolve("job.yaml"))
        .content()
        .contains("order_id: STRING\n      amount: DOUBLE\n      placed_at: TIMESTAMP_LTZ(3)")
        .contains("ROW<`name` STRING, `city` STRING>");
    assertThat(imported.resolve("tests/sample/orders.jsonl")).content().contains("id-1");
    assertThat(err.toString()).contains("connecting to ");

    String other = folder.resolve("other").toString();
    String missing =
        Files.writeString(
                folder.resolve("missing.json"),
                Files.readString(asa).replace(topic.name(), "absent-" + topic.name()))
            .toString();
    assertThat(outflow("import", missing, "--to", other, "--sample", "orders=kafka")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "--sample orders=kafka  inputs.orders.topic: topic 'absent-%s'"
                .formatted(topic.name()));
    assertThat(outflow("import", asa.toString(), "--to", other, "--sample", "order=kafka"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--sample order  is not an input of the job");
    String script =
        Files.writeString(folder.resolve("q.asaql"), "SELECT id INTO o FROM unset").toString();
    assertThat(outflow("import", script, "--to", other, "--sample", "unset=kafka")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "--sample unset=kafka  inputs.unset.bootstrap-servers: ", "UNSET_BOOTSTRAP_SERVERS");
  }

  private static AclBinding denied(TestTopic topic) {
    return denied(ResourceType.TOPIC, topic.name(), AclOperation.READ);
  }

  private static AclBinding denied(ResourceType type, String name, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(type, name, PatternType.LITERAL),
        new AccessControlEntry("User:" + SecureKafka.USER, "*", operation, AclPermissionType.DENY));
  }

  private static String order(int number) {
    return "{\"order_id\": \"id-%d\", \"amount\": 1.5, \"placed_at\": \"2026-11-24T10:00:00Z\", \"customer\": {\"name\": \"Ann\", \"city\": \"Oslo\"}}"
        .formatted(number);
  }

  private static void send(TestTopic topic, int partition, String value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      producer
          .send(new ProducerRecord<>(topic.name(), partition, TIME, null, value.getBytes(UTF_8)))
          .get();
    }
  }

  private static void sendAt(TestTopic topic, long time, String value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        producer(Map.of("max.request.size", "12000000"))) {
      producer.send(new ProducerRecord<>(topic.name(), 0, time, null, value.getBytes(UTF_8))).get();
    }
  }

  private static void sendUncommitted(TestTopic topic, String value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        producer(Map.of("transactional.id", topic.name()))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic.name(), value.getBytes(UTF_8))).get();
      producer.abortTransaction();
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> properties = new TreeMap<>(more);
    properties.put("bootstrap.servers", broker.kafka().broker().bootstrapServers());
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private String write(TestTopic topic, String protocol) throws IOException {
    String security =
        broker.options(protocol, "SCRAM-SHA-512").entrySet().stream()
            .map(option -> "    %s: %s".formatted(option.getKey(), option.getValue()))
            .collect(joining("\n"));
    return Files.writeString(
            folder.resolve("job.yaml"),
            JOB.replace("SECURITY", security)
                .replace("TOPIC", topic.name())
                .replace("BROKER", broker.kafka().broker().bootstrapServers()))
        .toString();
  }

  private String lastLine() {
    return err.toString().lines().reduce((first, second) -> second).orElse("");
  }

  private int outflow(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Outflow.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
