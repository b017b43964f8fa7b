package dev.outflow.local;

import static dev.outflow.local.OrdersTopic.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Columns inferred from records: {@code ./outflow columns} and {@code ./outflow import --sample}.
 */
@ExtendWith(KafkaExtension.class)
class ColumnsFromTopicsITCase {
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

  private final OutflowCommand outflow = new OutflowCommand();
  private final EmbeddedKafka kafka;
  @TempDir private Path folder;

  ColumnsFromTopicsITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void proposesAnInputThatCanBePlannedAndReadsItsTopic() throws Exception {
    OrdersTopic topic = OrdersTopic.create(kafka, 2);
    for (int number = 0; number < 30; number++) {
      topic.send(number % 2, order(number));
    }
    String brokers = kafka.bootstrapServers();

    assertThat(outflow.run("columns", topic.source())).as(outflow.err()).isZero();
    assertThat(outflow.out())
        .contains("    bootstrap-servers: %s\n    topic: %s\n".formatted(brokers, topic.name()))
        .containsPattern("order_id: STRING NOT NULL +# 30 of 30\n")
        .contains("customer: ROW<`name` STRING, `city` STRING> NOT NULL")
        .contains("column: placed_at\n      out-of-order: 0 s")
        .doesNotContain("Ann");
    String proposal = outflow.out().replaceFirst("  topic_[^:]*:", "  seen:");
    String job =
        Files.writeString(
                folder.resolve("proposed.yaml"),
                "name: proposed\ninputs:\n" + proposal + RESULT.replace("BROKER", brokers))
            .toString();
    assertThat(outflow.run("ddl", job)).as(outflow.err()).isZero();
    assertThat(outflow.run("sample", "seen", job, "--rows", "30")).as(outflow.err()).isZero();
    assertThat(outflow.out().lines()).hasSize(30).noneMatch(row -> row.contains("bad-record"));
  }

  @Test
  void importsColumnsFromATopic() throws Exception {
    OrdersTopic topic = OrdersTopic.create(kafka, 2);
    topic.send(0, order(1));
    topic.send(1, "not JSON");
    Path asa =
        Files.writeString(
            folder.resolve("asa.json"),
            ASA.replace("BROKER", kafka.bootstrapServers()).replace("TOPIC", topic.name()));
    Path imported = folder.resolve("imported");

    assertThat(
            outflow.run(
                "import", asa.toString(), "--to", imported.toString(), "--sample", "ORDERS=kafka"))
        .as(outflow.err())
        .isZero();
    assertThat(imported.resolve("job.yaml"))
        .content()
        .contains("order_id: STRING\n      amount: DOUBLE\n      placed_at: TIMESTAMP_LTZ(3)")
        .contains("ROW<`name` STRING, `city` STRING>");
    assertThat(imported.resolve("tests/sample/orders.jsonl")).content().contains("id-1");
    assertThat(outflow.err()).contains("connecting to ");

    String other = folder.resolve("other").toString();
    String missing =
        Files.writeString(
                folder.resolve("missing.json"),
                Files.readString(asa).replace(topic.name(), "absent-" + topic.name()))
            .toString();
    assertThat(outflow.run("import", missing, "--to", other, "--sample", "orders=kafka"))
        .isEqualTo(2);
    assertThat(outflow.err())
        .contains(
            "--sample orders=kafka  inputs.orders.topic: topic 'absent-%s'"
                .formatted(topic.name()));
    assertThat(outflow.run("import", asa.toString(), "--to", other, "--sample", "order=kafka"))
        .isEqualTo(2);
    assertThat(outflow.err()).contains("--sample order  is not an input of the job");
    String script =
        Files.writeString(folder.resolve("q.asaql"), "SELECT id INTO o FROM unset").toString();
    assertThat(outflow.run("import", script, "--to", other, "--sample", "unset=kafka"))
        .isEqualTo(2);
    assertThat(outflow.err())
        .contains(
            "--sample unset=kafka  inputs.unset.bootstrap-servers: ", "UNSET_BOOTSTRAP_SERVERS");
  }
}
