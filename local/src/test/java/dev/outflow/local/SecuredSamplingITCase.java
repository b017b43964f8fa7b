package dev.outflow.local;

import static dev.outflow.local.OrdersTopic.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.FakeKeyVault;
import dev.outflow.embedded.FakeManagedIdentity;
import dev.outflow.embedded.KeyVaultExtension;
import dev.outflow.embedded.SecureKafka;
import dev.outflow.embedded.SecuredBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Samples, columns and previews of a topic on a secured broker. */
@ExtendWith(KeyVaultExtension.class)
class SecuredSamplingITCase {
  private static SecuredBroker broker;
  private final OutflowCommand outflow = new OutflowCommand();
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
    OrdersTopic topic = OrdersTopic.create(broker.kafka().broker(), 2);
    topic.send(0, order(1));
    topic.send(1, "{\"order_id\": \"b\", \"amount\": \"much\"}");
    topic.send(0, "binary \0 value");
    topic.sendUncommitted(order(9));
    String job = write(topic, "sasl_ssl");
    Path file = Path.of(job);
    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst(
                "topic: %s\n".formatted(topic.name()),
                "topic-pattern: %s|none-.*\n".formatted(topic.name())));

    assertThat(outflow.run("sample", "orders", job)).as(outflow.err()).isZero();
    assertThat(outflow.out().lines())
        .containsExactly(
            "{\"order_id\":\"id-1\",\"amount\":1.50,\"placed_at\":\"2026-11-24T10:00:00Z\",\"customer\":{\"name\":\"Ann\",\"city\":\"Oslo\"},\"stored_at\":\"2026-11-24T10:00:00Z\",\"part\":0}",
            "{\"bad-record\":{\"code\":\"InputDeserializerError.InvalidData\",\"reason\":\"cannot decode 14 bytes as json\",\"partition\":0,\"offset\":1}}",
            "{\"bad-record\":{\"code\":\"InputDeserializerError.TypeConversionError\",\"column\":\"amount\",\"reason\":\"the text is not a valid DECIMAL(10, 2)\",\"partition\":1,\"offset\":0}}");
    assertThat(outflow.err())
        .contains("1 rows of 3 records of topics that match '%s|none-.*'".formatted(topic.name()))
        .contains("bad records: 2")
        .doesNotContain(SecureKafka.PASSWORD);
    assertNoGroups();
  }

  @Test
  void explainsWhatCannotBeSampledInOneLine() throws Exception {
    OrdersTopic topic = OrdersTopic.create(broker.kafka().broker(), 1);
    String job = write(topic, "sasl_plaintext");

    assertThat(outflow.run("sample", "orders", job)).isEqualTo(1);
    assertThat(outflow.lastLine()).startsWith("topic '%s' on ".formatted(topic.name()));
    assertThat(outflow.lastLine()).contains("no committed records");
    assertThat(outflow.run("columns", topic.source())).isEqualTo(1);
    assertThat(outflow.lastLine()).contains("no committed records; none were written");
    assertThat(outflow.run("new", "made-from", "--from", topic.source())).isEqualTo(1);
    assertThat(outflow.lastLine()).contains("no committed records; none were written");
    assertThat(Path.of("made-from")).doesNotExist();
    assertThat(outflow.run("columns", topic.source() + "/")).isEqualTo(2);
    assertThat(outflow.err())
        .contains("is not a topic; use BROKERS/TOPIC, e.g. broker:9092/orders");
    assertThat(outflow.run("new", "made-from", "--from", topic.source(), "--format", "avro"))
        .isEqualTo(2);
    assertThat(outflow.err()).contains("--format: columns cannot be inferred from 'avro'");
    assertThat(outflow.run("sample", "order", job)).isEqualTo(2);
    assertThat(outflow.err()).contains("unknown input 'order'; did you mean 'orders'?");
    assertThat(outflow.run("sample", "made", job)).isEqualTo(2);
    assertThat(outflow.err()).contains("input 'made' has the connector 'datagen'");
    assertThat(outflow.run("sample", "orders", job, "--mask", "customer.nme")).isEqualTo(2);
    assertThat(outflow.err()).contains("--mask customer.nme: unknown column; did you mean 'name'?");
    assertThat(outflow.run("sample", "orders", job, "--mask", "amount.cents")).isEqualTo(2);
    assertThat(outflow.err()).contains("'amount' has the type DECIMAL(10, 2)");
    assertThat(outflow.run("sample", "orders", job, "--set", "inputs.orders.topic=absent"))
        .isEqualTo(2);
    assertThat(outflow.err()).contains("inputs.orders.topic  topic 'absent' does not exist on");
    broker.kafka().deny(ResourceType.TOPIC, topic.name(), AclOperation.READ);
    assertThat(outflow.run("sample", "orders", job)).isEqualTo(2);
    assertThat(outflow.lastLine()).contains("inputs.orders.topic  not authorized to ");
    assertThat(outflow.run("columns", "orders", job)).isEqualTo(2);
    assertThat(outflow.lastLine()).contains("inputs.orders.topic  not authorized to ");
  }

  @Test
  void infersTheColumnsOfASecuredInputWhoseColumnsAreWrong() throws Exception {
    OrdersTopic topic = OrdersTopic.create(broker.kafka().broker(), 1);
    topic.send(0, order(1));
    String job = write(topic, "mtls");

    assertThat(outflow.run("columns", "orders", job, "--set", "inputs.orders.columns.amount=MONEY"))
        .as(outflow.err())
        .isZero();
    assertThat(outflow.out())
        .startsWith("  orders:\n    # Keep connector, topic and security as they are.\n")
        .contains("amount: DOUBLE  ");
    String without =
        Files.writeString(
                folder.resolve("without.yaml"),
                Files.readString(Path.of(job))
                    .replaceFirst("(?s)    columns:.*?  made:", "  made:"))
            .toString();
    String proposed = outflow.out();
    assertThat(outflow.run("columns", "orders", without)).as(outflow.err()).isZero();
    assertThat(outflow.out()).isEqualTo(proposed);
    topic.send(0, "\0\0\0\0\7binary");
    assertThat(outflow.run("columns", "orders", job, "--rows", "1")).isEqualTo(1);
    assertThat(outflow.lastLine()).startsWith("1 of 1 records start with the id of a schema");
    assertThat(outflow.run("columns", "localhost:1/orders")).isEqualTo(2);
    assertThat(outflow.lastLine()).startsWith("localhost:1/orders  bootstrap-servers  ");
  }

  @Test
  void readsATopicOfASecuredBrokerWithAConnectionFile() throws Exception {
    OrdersTopic topic = OrdersTopic.create(broker.kafka().broker(), 1);
    topic.send(0, order(1));
    Map<String, String> options = new TreeMap<>(broker.options("sasl_ssl", "SCRAM-SHA-512"));
    String source = options.remove("bootstrap-servers") + "/" + topic.name();
    Path connection = folder.resolve("connection.yaml");
    Files.write(
        connection,
        options.entrySet().stream()
            .map(option -> "%s: %s".formatted(option.getKey(), option.getValue()))
            .toList());

    assertThat(outflow.run("columns", source, "--connection", connection.toString()))
        .as(outflow.err())
        .isZero();
    assertThat(outflow.out())
        .contains("    topic: %s\n".formatted(topic.name()))
        .contains("    password: \"%s\"\n".formatted(options.get("password")))
        .contains("amount: DOUBLE")
        .doesNotContain(SecureKafka.PASSWORD);
    assertThat(outflow.run("columns", source)).isEqualTo(2);
    assertThat(outflow.lastLine()).startsWith(source + "  ");
  }

  @Test
  void previewsASecuredInputWithoutPermissionsOnGroups() throws Exception {
    OrdersTopic topic = OrdersTopic.create(broker.kafka().broker(), 2);
    topic.sendAt(Instant.now(), order(1));
    topic.sendUncommitted(order(9));
    topic.sendAt(Instant.now(), order(2));
    String job = write(topic, "sasl_ssl");
    broker.kafka().deny(ResourceType.GROUP, "*", AclOperation.ALL);

    assertThat(outflow.run("preview", job, "--set", "inputs.orders.password=not-the-password"))
        .isEqualTo(2);
    assertThat(outflow.err())
        .contains("inputs.orders.password", "rejected the username or password")
        .doesNotContain("not-the-password", "\tat ");
    assertThat(outflow.run("preview", job, "--since", "10min", "--rows", "2"))
        .as(outflow.err())
        .isZero();
    assertThat(outflow.out().lines())
        .hasSize(2)
        .allMatch(row -> row.startsWith("{\"output\":\"result\",\"op\":\"+I\""))
        .anyMatch(row -> row.contains("\"value\":{\"order_id\":\"id-2\",\"name\":\"Ann\""));
    assertThat(outflow.err()).doesNotContain(SecureKafka.PASSWORD);
    assertNoGroups();
  }

  private String write(OrdersTopic topic, String protocol) throws IOException {
    return topic.job(folder, broker.options(protocol, "SCRAM-SHA-512"));
  }

  private static void assertNoGroups() throws Exception {
    try (Admin admin = broker.kafka().broker().admin()) {
      assertThat(admin.listGroups().all().get()).isEmpty();
    }
  }
}
