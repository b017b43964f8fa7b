package dev.outflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.ClusterRest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * All processes of a cluster are killed between a savepoint and the commit of its transaction, and
 * restarted after Kafka has aborted the transaction. The job is restored twice.
 */
@ExtendWith(PrintLogsOnFailure.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LostTransactionE2ECase {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int COMMITTED = 100;
  private static final int WRITTEN = 200;

  @TempDir private static Path clusters;
  private static KafkaCluster kafka;
  private static FlinkCluster flink;

  private static Numbers numbers;
  private static String savepoint;

  @BeforeAll
  static void loseTransactionOfSavepoint() throws Exception {
    BackgroundTask<FlinkCluster> starting =
        BackgroundTask.start(() -> FlinkCluster.start(clusters.resolve("flink")));
    kafka =
        KafkaCluster.start(
            clusters.resolve("kafka"),
            KafkaSettings.brokers(1)
                .withProperty(
                    "transaction.abort.timed.out.transaction.cleanup.interval.ms", "500"));
    flink = starting.get();
    numbers = Numbers.create(kafka, 1);
    commitTheFirstNumbersAndSaveTheOthers();
    flink.killTaskManager(0);
    flink.killJobManager();
    assertThat(numbers.copies()).isEqualTo(range(0, COMMITTED));

    until("Kafka has aborted the transaction", () -> numbers.out().settled().size() == COMMITTED);
    flink.restartJobManager();
    flink.startTaskManager();
  }

  @AfterAll
  static void stop() {
    flink.close();
    kafka.close();
  }

  @Test
  @Order(1)
  void failsTheJobAndReportsTheLostRecords() throws Exception {
    String job = submit("fail", "-s", savepoint);

    flink.awaitState(job, "FAILED", SOON);
    assertThat(flink.rest().exceptions(job)).hasSize(1);
    assertThat(flink.rest().exceptions(job).toString())
        .contains("output 'copies': the transaction numbers-copies-")
        .containsPattern(
            "is lost \\(100 records written to '%s' between \\S+Z and \\S+Z, to be committed with checkpoint \\d+\\)"
                .formatted(numbers.out().name()));
    assertThat(numbers.copies()).isEqualTo(range(0, COMMITTED));
  }

  @Test
  @Order(2)
  void continuesAndCountsTheLostRecords() throws Exception {
    String job = submit("continue", "-s", savepoint);

    flink.awaitRunning(job, SOON);
    numbers.send(WRITTEN, 300);
    until("the new numbers are copied", () -> numbers.copies().size() >= 200);
    assertThat(numbers.copies())
        .isEqualTo(
            IntStream.concat(IntStream.range(0, COMMITTED), IntStream.range(WRITTEN, 300))
                .boxed()
                .toList());
    until(
        "the metric counts one lost transaction",
        () -> flink.rest().metric(job, ".*\\.lost-transactions") == 1);
    assertThat(flink.rest().metric(job, ".*\\.lost-records")).isEqualTo(100);
    flink.rest().cancel(job);
    flink.awaitState(job, "CANCELED", SOON);
  }

  /** The transaction with the other numbers is in the savepoint only. */
  private static void commitTheFirstNumbersAndSaveTheOthers() throws Exception {
    String job = submit("fail");
    numbers.send(0, COMMITTED);
    numbers.awaitCopies(COMMITTED); // With a checkpoint; the next is due after the interval.
    numbers.send(COMMITTED, WRITTEN);
    until("all numbers are written", () -> written() >= WRITTEN);
    savepoint = flink.savepoint(job); // Its transaction is committed with the next checkpoint.
  }

  private static int written() {
    try (TopicReader reader = TopicReader.uncommitted(numbers.out())) {
      return reader.more().size();
    }
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static void until(String what, Callable<Boolean> condition) {
    Await.until(what, SOON, JavaProcess.started(), condition);
  }

  private static String submit(String onLost, String... options) throws Exception {
    Path definition = Files.writeString(flink.folder().resolve("job.yaml"), definition(onLost));
    List<String> before = flink.rest().jobs().keySet().stream().toList();
    List<String> arguments = new ArrayList<>(List.of("-d"));
    arguments.addAll(List.of(options));
    arguments.addAll(
        List.of(ClusterRest.JAR.toAbsolutePath().toString(), "--config", definition.toString()));
    JavaCommand.Result submitted = flink.run(arguments.toArray(String[]::new));
    assertThat(submitted.exitCode()).as(submitted.output()).isZero();
    return flink.rest().jobs().keySet().stream()
        .filter(id -> !before.contains(id))
        .findFirst()
        .orElseThrow();
  }

  private static String definition(String onLost) {
    return """
        name: numbers
        inputs:
          numbers:
            connector: kafka
            bootstrap-servers: %1$s
            topic: %2$s
            start: earliest
            format: json
            columns: { number: INT }
        outputs:
          copies:
            bootstrap-servers: %1$s
            topic: %3$s
            format: json
            kafka: { transaction.timeout.ms: 22000 }
            on-lost-transaction: %4$s
        queries: { copies: SELECT number FROM numbers }
        flink:
          parallelism.default: 1
          execution.checkpointing.interval: 15 s
          execution.checkpointing.timeout: 6 s
          restart-strategy.type: fixed-delay
          restart-strategy.fixed-delay.attempts: 1000
          restart-strategy.fixed-delay.delay: 500 ms
        """
        .formatted(kafka.bootstrapServers(), numbers.in().name(), numbers.out().name(), onLost);
  }
}
