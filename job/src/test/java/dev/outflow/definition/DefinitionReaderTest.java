package dev.outflow.definition;

import static dev.outflow.definition.LargeOrdersDefinition.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads each kind of property as a record of the definition. */
class DefinitionReaderTest {
  private final LargeOrdersDefinition definition;

  DefinitionReaderTest(@TempDir Path folder) throws IOException {
    definition = LargeOrdersDefinition.in(folder);
  }

  @Test
  void readsAllProperties() throws IOException {
    JobDefinition job = definition.read(GOOD);

    assertThat(job.name()).isEqualTo("large-orders");
    InputDefinition orders = job.inputs().get("orders");
    assertThat(orders.isKafka()).isTrue();
    assertThat(orders.columns())
        .containsExactly(
            entry("order_id", "STRING"),
            entry("amount", "DECIMAL(10, 2)"),
            entry("placed_at", "TIMESTAMP(3)"));
    assertThat(orders.eventTime())
        .contains(EventTime.watermark("placed_at", Duration.ofSeconds(5)));
    assertThat(orders.options())
        .containsEntry("bootstrap-servers", "a:9092,b:9092")
        .containsEntry("json.ignore-parse-errors", "true");
    assertThat(job.outputs().get("large_orders").options())
        .containsEntry("partition-key", "order_id;amount")
        .containsEntry("kafka.linger.ms", "5")
        .containsEntry("kafka.batch.size", "10");
    assertThat(job.flink()).containsEntry("execution.checkpointing.interval", "10 s");
  }

  @Test
  void readsInlineQueriesAndQueryFiles() throws IOException {
    assertThat(definition.read(GOOD).queries())
        .extracting(Query::name, Query::sql)
        .containsExactly(
            tuple("small", "SELECT 1"), tuple("large_orders", "SELECT * FROM orders, small\n"));
  }

  @Test
  void readsStartAsAWordOrACustomTime() throws IOException {
    String good =
        GOOD.replaceFirst(" {4}format: json\n", "    format: json\n    start: earliest\n");

    assertThat(definition.read(good).inputs().get("orders").options())
        .containsEntry("start", "earliest");
    assertThat(
            definition
                .read(good.replace("earliest", "{ custom: 2026-11-20T10:00:00Z }"))
                .inputs()
                .get("orders")
                .options())
        .containsEntry("start", "custom: 2026-11-20T10:00:00Z")
        .doesNotContainKey("start.custom");
    assertThat(
            definition
                .read(good, "inputs.orders.start.custom=2026-11-20")
                .inputs()
                .get("orders")
                .options())
        .containsEntry("start", "custom: 2026-11-20");
    definition.assertProblems(
        good.replace("earliest", "{ at: noon }"),
        List.of(),
        "FILE:8:5  inputs.orders.start.custom  is required",
        "FILE:8:14  inputs.orders.start.at  unknown key; expected one of custom");
  }

  @Test
  void keepsScalarsAsWritten() throws IOException {
    JobDefinition job =
        definition.read(
            GOOD.replace(
                "size: 10",
                "size: 00123, rack: 1.10, literal: no, exponent: 1e3, bytes: !!binary aGk="),
            "outputs.large_orders.kafka.jaas=required password=\"p #1: 'x'\";",
            "name=2024");

    assertThat(job.outputs().get("large_orders").options())
        .containsEntry("kafka.batch.size", "00123")
        .containsEntry("kafka.batch.rack", "1.10")
        .containsEntry("kafka.batch.literal", "no")
        .containsEntry("kafka.batch.exponent", "1e3")
        .containsEntry("kafka.batch.bytes", "aGk=")
        .containsEntry("kafka.jaas", "required password=\"p #1: 'x'\";");
    assertThat(job.name()).isEqualTo("2024");
  }

  @Test
  void doesNotShowOptionValuesInToString() throws IOException {
    JobDefinition job =
        definition.read(GOOD, "outputs.large_orders.kafka.sasl.jaas.config=hunter2");

    assertThat(job.toString()).contains("sasl.jaas.config").doesNotContain("hunter2");
    assertThat(definition.read(GOOD, "flink.s3.secret-key=hunter2").toString())
        .contains("s3.secret-key")
        .doesNotContain("hunter2");
  }
}
