package dev.outflow.local;

import static dev.outflow.local.OrdersTopic.TIME;
import static dev.outflow.local.OrdersTopic.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./outflow sample}: test cases, masked values, times and limits. */
@ExtendWith(KafkaExtension.class)
class SampleCommandITCase {
  private final OutflowCommand outflow = new OutflowCommand();
  private final EmbeddedKafka kafka;
  @TempDir private Path folder;

  SampleCommandITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void writesATestCaseWithoutMaskedValues() throws Exception {
    OrdersTopic topic = OrdersTopic.create(kafka, 1);
    topic.send(0, order(1));
    topic.send(0, order(2));
    String job = topic.job(folder);
    Path testCase = folder.resolve("tests/morning");

    assertThat(
            outflow.run(
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
        .as(outflow.err())
        .isZero();
    assertThat(testCase.resolve("orders.jsonl"))
        .hasContent(
            "{\"order_id\":\"id-2\",\"amount\":null,\"placed_at\":\"2026-11-24T10:00:00Z\",\"customer\":{\"name\":\"masked\",\"city\":\"Oslo\"},\"stored_at\":\"2026-11-24T10:00:00Z\",\"part\":0}");
    assertThat(outflow.out()).isEmpty();
    assertThat(outflow.run("sample", "orders", job, "--into", testCase.toString())).isEqualTo(2);
    assertThat(outflow.err()).contains("orders.jsonl exists; name another case");

    assertThat(outflow.run("test", testCase.toString(), "--accept")).as(outflow.err()).isZero();
    assertThat(testCase.resolve("expected/result.jsonl"))
        .hasContent(
            "{\"order_id\":\"id-2\",\"name\":\"masked\",\"stored_at\":\"2026-11-24T10:00:00Z\"}");
  }

  @Test
  void readsTheFirstRecordsSinceATimeAndLargeOnes() throws Exception {
    OrdersTopic topic = OrdersTopic.ofLargeRecords(kafka);
    String large = "x".repeat(10_000_000);
    topic.send(0, order(1));
    topic.sendAt(Instant.now(), order(2).replace("Ann", large));
    topic.sendAt(Instant.now(), order(3));
    String job = topic.job(folder);

    assertThat(outflow.run("sample", "orders", job, "--since", "10min", "--rows", "1"))
        .as(outflow.err())
        .isZero();
    assertThat(outflow.out().length()).isBetween(large.length(), large.length() + 1_000);
    assertThat(outflow.out().substring(0, 30)).startsWith("{\"order_id\":\"id-2\"");
    assertThat(outflow.run("columns", topic.source())).as(outflow.err()).isZero();
    assertThat(outflow.out()).contains("customer: ROW<`name` STRING, `city` STRING>");
  }

  @Test
  void limitsASampleOfLargeRecordsTo64Megabytes() throws Exception {
    OrdersTopic topic = OrdersTopic.ofLargeRecords(kafka);
    for (int number = 1; number <= 8; number++) {
      topic.sendAt(TIME.plusMillis(number), order(number).replace("Ann", "x".repeat(10_000_000)));
    }
    String job = topic.job(folder);

    assertThat(outflow.run("sample", "orders", job, "--mask", "customer.name"))
        .as(outflow.err())
        .isZero();
    assertThat(outflow.out().lines())
        .hasSize(6)
        .allMatch(row -> row.contains("\"customer\":{\"name\":\"masked\""));
    assertThat(outflow.lastLine())
        .isEqualTo("the sample is smaller: records are large: 6 fill 64 MB");
    assertThat(outflow.run("columns", topic.source())).as(outflow.err()).isZero();
    assertThat(outflow.out()).contains("customer: ROW<`name` STRING, `city` STRING>");
    assertThat(outflow.err()).contains("6 records, 2026-11-24T10:00:00.001Z to ");
    assertThat(outflow.lastLine())
        .isEqualTo("the sample is smaller: records are large: 6 fill 64 MB");
  }
}
