package dev.outflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outflow.embedded.ClusterRest;
import dev.outflow.embedded.TestTopic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Stops, changes and resumes jobs with the commands of docs/operate.md. */
@ExtendWith({PrintLogsOnFailure.class, SharedClusters.Extension.class})
class ApplicationUpgradeE2ECase {
  private static final Duration FAILING = Duration.ofSeconds(90);
  private static final String START = "flink run -d";
  private static final String STOP = "flink stop";
  private static final String RESUME = "flink run -s";
  private static final String UNMATCHED = " contains state of an operator (";

  /** The numbers sent before a stop are not yet part of a checkpoint. */
  private static final String[] LONG_TRANSACTIONS = {
    "--set", "flink.execution.checkpointing.interval=4 s"
  };

  @TempDir private static Path home;
  private static KafkaCluster kafka;
  private static KafkaCluster before;
  private static FlinkCluster flink;

  @TempDir private Path folder;
  private Path job;
  private ManualConsole console;

  @BeforeAll
  static void start(SharedClusters clusters) throws Exception {
    flink = clusters.flink();
    kafka = clusters.kafka();
    before = KafkaCluster.start(home, 1);
  }

  @AfterAll
  static void stop() {
    before.close();
  }

  @BeforeEach
  void openConsole() {
    job = folder.resolve("job.yaml");
    console = new ManualConsole(flink, job);
  }

  @AfterEach
  void cancelJobs() throws Exception {
    flink.cancelAll();
  }

  @Test
  void everyCommandOfTheManualWorks() throws Exception {
    Files.writeString(job, CountedNumbers.create(kafka, kafka).definition());
    for (List<String> block : OperateManual.blocks()) {
      for (String command : block) {
        if (command.startsWith("flink ")) {
          JavaCommand.Result result = console.succeedsAsTyped(command);
          if (command.endsWith(" --checkpoints")) {
            assertThat(result.output()).contains("execution.checkpointing.dir file:/");
          } else if (command.startsWith("flink run ") && !command.endsWith(" --tables")) {
            flink.awaitRunning(console.job(), FAILING);
          }
        }
      }
      flink.cancelAll();
    }
  }

  @Test
  void resumesWithOtherTopicsOtherCompressionAndAnotherOutput() throws Exception {
    CountedNumbers numbers = CountedNumbers.create(kafka, kafka);
    TestTopic other = TestTopic.create(kafka, 1);
    TestTopic negative = TestTopic.create(kafka, 1);
    int sent = startAndStop(numbers);
    int copiedBefore = CountedNumbers.lines(numbers.copies()).size();

    Files.writeString(
        job,
        numbers
            .definition()
            .replace(
                "topic: " + numbers.copies().name(),
                "compression-type: zstd, topic: " + other.name())
            .replace(
                "queries:\n", "queries:\n  negative: SELECT number FROM numbers WHERE number < 0\n")
            .replace(
                "flink: ",
                "  negative: { bootstrap-servers: \"%s\", topic: %s, format: csv }\nflink: "
                    .formatted(kafka.bootstrapServers(), negative.name())));
    console.succeeds(RESUME);
    numbers.send(sent, sent + 100);

    numbers.assertEachNumberOnce(sent + 100, numbers.counts(), numbers.copies(), other);
    assertThat(CountedNumbers.lines(numbers.copies())).hasSize(copiedBefore);
    CountedNumbers.await(2, negative);
  }

  @Test
  void resumesWithHigherAndLowerParallelism() throws Exception {
    CountedNumbers numbers = CountedNumbers.create(kafka, kafka);
    int first = startAndStop(numbers);

    console.succeeds(RESUME, "--set", "flink.parallelism.default=2");
    CountedNumbers.await(first, numbers.copies());
    assertThat(parallelism()).isEqualTo(2);
    int second = stopWhileSending(numbers, first);

    console.succeeds(RESUME, "--set", "flink.parallelism.default=1");
    CountedNumbers.await(second, numbers.copies());
    assertThat(parallelism()).isEqualTo(1);
    numbers.assertEachNumberOnce(second, numbers.counts(), numbers.copies());
  }

  @Test
  void resumesWithOtherBrokers() throws Exception {
    CountedNumbers numbers = CountedNumbers.create(kafka, before);
    CountedNumbers moved = moved(numbers);
    int sent = startAndStop(numbers);

    Files.writeString(job, moved.definition());
    console.succeeds(RESUME);
    numbers.send(sent, sent + 100);

    moved.assertEachNumberOnce(sent + 100, moved.counts(), numbers.copies(), moved.copies());
    assertThat(CountedNumbers.lines(numbers.counts())).isEmpty();
    assertThat(CountedNumbers.lines(numbers.copies())).isNotEmpty();
  }

  @Test
  void namesUnreachableFormerBrokersAndResumesWithoutThemOnRequest() throws Exception {
    CountedNumbers numbers = CountedNumbers.create(kafka, before);
    CountedNumbers moved = moved(numbers);
    int sent = startAndStop(numbers, LONG_TRANSACTIONS);
    before.kill(0);

    try {
      Files.writeString(
          job,
          moved.definition().replace("format: csv }", "format: csv, kafka.max.block.ms: 5000 }"));
      console.succeeds(RESUME);
      flink.awaitState(console.job(), "FAILED", FAILING);
      assertThat(exceptions())
          .contains(
              "output 'copies'",
              "it is on %s, which the job wrote to before and which does not respond"
                  .formatted(before.bootstrapServers()),
              "If the job was stopped with 'flink stop', the transaction was committed then");

      console.succeeds(RESUME, "--set", "outputs.copies.on-lost-transaction=continue");
      numbers.send(sent, sent + 100);
      CountedNumbers.await(100, moved.copies());
    } finally {
      before.restart(0);
    }
    moved.assertEachNumberOnce(sent + 100, moved.counts(), numbers.copies(), moved.copies());
  }

  @Test
  void reportsUnsupportedChangesOnTheConsoleAndInTheRestResponse() throws Exception {
    CountedNumbers numbers = CountedNumbers.create(kafka, kafka);
    Files.writeString(job, numbers.definition());
    console.succeeds(START);
    numbers.send(0, 100);
    CountedNumbers.await(100, numbers.copies());
    console.succeeds(STOP);
    String otherAggregate = numbers.definition().replace("SUM(number)", "MAX(number)");

    assertThat(console.fails(RESUME, "--set", "flink.pipeline.max-parallelism=7"))
        .contains(console.savepoint() + " was taken with pipeline.max-parallelism 128")
        .contains("but the job now has 7; set it back to 128");
    String otherTopic = TestTopic.create(kafka, 2).name();
    assertThat(console.fails(RESUME, "--set", "inputs.numbers.topic=" + otherTopic))
        .contains(console.savepoint() + UNMATCHED)
        .contains("an input's topic or name");
    Files.writeString(job, otherAggregate);
    assertThat(console.fails(RESUME))
        .contains(console.savepoint() + UNMATCHED)
        .contains("a query's grouping, window, aggregate or join");

    JsonNode answer =
        flink
            .rest()
            .post(
                "/jars/" + flink.rest().upload(ClusterRest.JAR) + "/run",
                Map.of(
                    "programArgsList",
                    List.of("--config", job.toString()),
                    "savepointPath",
                    console.savepoint()));
    assertThat(answer.path("errors").toString()).contains(console.savepoint() + UNMATCHED);
  }

  /** Starts the job and stops it; see {@link #stopWhileSending}. */
  private int startAndStop(CountedNumbers numbers, String... more) throws Exception {
    Files.writeString(job, numbers.definition());
    console.succeeds(START, more);
    numbers.send(0, 100);
    CountedNumbers.await(100, numbers.copies());
    return stopWhileSending(numbers, 100);
  }

  /**
   * Stops the job while numbers arrive, so that the savepoint contains a transaction; returns how
   * many numbers were sent.
   */
  private int stopWhileSending(CountedNumbers numbers, int from) throws Exception {
    return numbers.sendDuring(from, () -> console.succeeds(STOP));
  }

  /** Returns the same numbers with outputs in the other cluster. */
  private static CountedNumbers moved(CountedNumbers numbers) throws Exception {
    return new CountedNumbers(numbers.in(), TestTopic.create(kafka, 2), TestTopic.create(kafka, 1));
  }

  private String exceptions() throws Exception {
    return flink.rest().exceptions(console.job()).toString();
  }

  private int parallelism() throws Exception {
    return flink.rest().json("/jobs/" + console.job()).at("/vertices/0/parallelism").asInt();
  }
}
