package dev.outflow.local;

import static dev.outflow.local.PreviewedJob.TIME;
import static dev.outflow.local.PreviewedJob.order;
import static dev.outflow.local.PreviewedJob.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outflow.embedded.CustomKafka;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./outflow preview} of inputs that cannot be read, large records and wrong arguments. */
@ExtendWith(KafkaExtension.class)
class PreviewProblemsITCase {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final OutflowCommand outflow = new OutflowCommand();
  @TempDir private Path folder;

  @Test
  void reportsABrokerThatGoesAwayAndComesBack() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      PreviewedJob previewed = PreviewedJob.create(kafka);
      TestTopic input = previewed.input();
      String job = previewed.write(folder);
      input.send(order("a", 1, TIME));
      CompletableFuture<Integer> preview =
          outflow.start("preview", job, "--output", "seen", "--since", "10min", "--rows", "2");
      await().atMost(PATIENCE).until(() -> preview.isDone() || outflow.out().contains("\"a\""));

      CustomKafka.stop(kafka);
      await()
          .atMost(PATIENCE)
          .until(() -> preview.isDone() || outflow.err().contains("input orders cannot be read"));
      assertThat(outflow.err())
          .contains(
              "input orders cannot be read: bootstrap-servers: no Kafka broker responded at %s within 5 s; check that it is running"
                  .formatted(kafka.bootstrapServers()));

      CustomKafka.startAgain(kafka);
      input.send(order("b", 2, TIME));
      assertThat(preview.get()).as(outflow.err()).isZero();
      assertThat(outflow.out()).contains("\"b\"");
      assertThat(outflow.err()).contains("input orders can be read again");
    }
  }

  @Test
  void showsLargeRecordsAndThoseThatAreTooLarge(EmbeddedKafka kafka) throws Exception {
    Map<String, String> large = Map.of("max.message.bytes", "12000000");
    TestTopic input = TestTopic.create(kafka, 1, large);
    String job = new PreviewedJob(input, input).write(folder);
    for (int number = 1; number <= 5; number++) {
      input.send(order(number + "x".repeat(10_000_000), number, TIME));
    }

    assertThat(previewOf(job, TestTopic.create(kafka, 1, large), 5)).as(outflow.err()).isZero();
    assertThat(rows(outflow))
        .hasSize(5)
        .extracting(String::length)
        .allMatch(length -> length > 10_000_000 && length < 10_000_500);

    input.send(order("small", 6, TIME));
    assertThat(previewOf(job, TestTopic.create(kafka, 1), 1)).as(outflow.err()).isZero();
    assertThat(outflow.out()).contains("\"order_id\":\"small\"");
    assertThat(outflow.out().lines().filter(line -> line.startsWith("{\"bad-row\"")))
        .hasSize(5)
        .allMatch(line -> line.contains("max.message.bytes"));
  }

  private int previewOf(String job, TestTopic output, int rows) {
    String seen =
        "outputs.seen={bootstrap-servers: '%s', topic: '%s', format: json, kafka.max.request.size: 12000000}"
            .formatted(output.kafka().bootstrapServers(), output.name());
    String query = "queries.seen=SELECT order_id, amount FROM orders";
    return outflow.run(
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

  @Test
  void reportsEveryInputThatCannotBeReadAndWrongArguments(EmbeddedKafka kafka) throws Exception {
    String job = PreviewedJob.create(kafka).write(folder);

    assertThat(outflow.run("preview", job, "--set", "inputs.orders.topic=absent")).isEqualTo(2);
    assertThat(outflow.err())
        .contains("inputs.orders.topic  topic 'absent' does not exist on")
        .doesNotContain("\tat ");
    assertThat(outflow.run("preview", job, "--output", "sen")).isEqualTo(2);
    assertThat(outflow.err()).contains("--output: unknown output 'sen'; did you mean 'seen'?");
    assertThat(outflow.run("preview", job, "--rows", "0")).isEqualTo(2);
    assertThat(outflow.err()).contains("--rows: must be at least 1");
    assertThat(outflow.run("preview", job, "--since", "0 s")).isEqualTo(2);
    assertThat(outflow.err()).contains("--since: must be positive, e.g. 10min");
  }
}
