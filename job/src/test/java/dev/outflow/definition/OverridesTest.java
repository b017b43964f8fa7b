package dev.outflow.definition;

import static dev.outflow.definition.LargeOrdersDefinition.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Properties set by {@code --set}. */
class OverridesTest {
  private final LargeOrdersDefinition definition;

  OverridesTest(@TempDir Path folder) throws IOException {
    definition = LargeOrdersDefinition.in(folder);
  }

  @Test
  void overridesReplaceAndAddProperties() throws IOException {
    JobDefinition job =
        definition.read(
            GOOD,
            "outputs.large_orders.topic=other",
            "outputs.large_orders.kafka.linger.ms=50",
            "outputs.large_orders.compression-type=zstd",
            "outputs.large_orders.partition-key=[amount]",
            "inputs.orders.event-time.out-of-order=1 min",
            "flink.parallelism.default=2",
            "queries.small=SELECT 2");

    assertThat(job.outputs().get("large_orders").options())
        .containsEntry("topic", "other")
        .containsEntry("kafka.linger.ms", "50")
        .containsEntry("compression-type", "zstd")
        .containsEntry("partition-key", "amount");
    assertThat(job.inputs().get("orders").eventTime())
        .contains(EventTime.watermark("placed_at", Duration.ofMinutes(1)));
    assertThat(job.flink()).containsEntry("parallelism.default", "2");
    assertThat(job.queries().get(0).sql()).isEqualTo("SELECT 2");
  }

  @Test
  void rejectsOverridesOfUnknownProperties() {
    definition.assertProblems(
        GOOD,
        List.of("outputs.lrge_orders.topic=x"),
        "--set outputs.lrge_orders.topic  outputs.lrge_orders  unknown output; did you mean"
            + " 'large_orders'?");
    definition.assertProblems(
        GOOD,
        List.of("outputs.large_orders.topik=x"),
        "--set outputs.large_orders.topik  outputs.large_orders.topik  unknown key; did you mean"
            + " 'topic'?");
    definition.assertProblems(
        GOOD,
        List.of("topic"),
        "--set  topic  must be path=value, e.g. outputs.orders.topic=orders");
    definition.assertProblems(
        GOOD,
        List.of("outputs.large_orders.partition-key=[secret"),
        "--set  outputs.large_orders.partition-key  is not a valid YAML list or map; quote it if it"
            + " is text");
  }

  @Test
  void reportsCommasAndTagsInOverrides() {
    definition.assertProblems(
        GOOD,
        List.of("inputs.orders.columns={ a: DECIMAL(10, 2), placed_at: !ltz TIMESTAMP(3) }"),
        "--set inputs.orders.columns  inputs.orders.columns.a  a value with a comma must be quoted within { }",
        "--set inputs.orders.columns  inputs.orders.columns.placed_at  YAML tags are not supported; quote a value that begins with '!', or use a reference such as ${env:NAME}");
  }
}
