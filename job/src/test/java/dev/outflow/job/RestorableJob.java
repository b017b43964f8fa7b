package dev.outflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.compose.ComposedJob;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.TestTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.Awaitility;

/**
 * A job that copies orders and counts them by hour, with topics of its own. Tests stop it with a
 * savepoint, change its definition and restore it.
 */
final class RestorableJob {
  static final Duration LONG = Duration.ofSeconds(40);

  private final EmbeddedKafka kafka;
  private final Path folder;
  private final TestTopic input;
  private final TestTopic copies;
  private final TestTopic counts;
  private Optional<JobClient> running = Optional.empty();

  /**
   * Creates the topics; nothing runs yet.
   *
   * @param folder of definitions and savepoints
   */
  RestorableJob(EmbeddedKafka kafka, Path folder) throws Exception {
    this.kafka = kafka;
    this.folder = folder;
    input = TestTopic.create(kafka, 2);
    copies = TestTopic.create(kafka, 2);
    counts = TestTopic.create(kafka, 1);
  }

  /** Returns the cluster of a class: enough slots for a parallelism of 4. */
  static MiniClusterExtension cluster() {
    return new MiniClusterExtension(
        new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(4)
            .build());
  }

  EmbeddedKafka kafka() {
    return kafka;
  }

  Path folder() {
    return folder;
  }

  /** Returns the topic of orders, with two partitions. */
  TestTopic input() {
    return input;
  }

  TestTopic copies() {
    return copies;
  }

  TestTopic counts() {
    return counts;
  }

  String yaml() {
    return """
        name: savepoint-%2$s
        inputs:
          orders:
            connector: kafka
            bootstrap-servers: %1$s
            topic: %2$s
            format: csv
            columns: { city: STRING, amount: INT, placed_at: TIMESTAMP_LTZ(3) }
            event-time: { column: placed_at }
        queries:
          copies: SELECT city, amount FROM orders WHERE amount > 0
          counts: >
            SELECT city, SUM(amount) AS total
            FROM TUMBLE(TABLE orders, DESCRIPTOR(placed_at), INTERVAL '1' HOUR)
            GROUP BY city, window_start, window_end
        outputs:
          copies: { bootstrap-servers: "%1$s", topic: %3$s, format: csv }
          counts: { bootstrap-servers: "%1$s", topic: %4$s, format: csv }
        flink:
          execution.checkpointing.interval: 200 ms
          parallelism.default: 1
        """
        .formatted(kafka.bootstrapServers(), input.name(), copies.name(), counts.name());
  }

  /** Adds an output of the cities of orders of more than 6. */
  String withLargeOrders(String yaml, TestTopic large) {
    return yaml.replace(
            "  counts: >", "  large: SELECT city FROM orders WHERE amount > 6\n  counts: >")
        .replace(
            "flink:",
            "  large: { bootstrap-servers: \"%s\", topic: %s, format: csv }\nflink:"
                .formatted(kafka.bootstrapServers(), large.name()));
  }

  /** Returns a definition that starts from a savepoint. */
  static String fromSavepoint(String savepoint, String yaml) {
    return yaml + "  execution.state-recovery.path: " + savepoint + "\n";
  }

  void start(String yaml) throws Exception {
    submit(compose(yaml));
  }

  ComposedJob compose(String yaml) throws IOException {
    return Definitions.compose(Definitions.read(folder, yaml));
  }

  JobClient submit(ComposedJob job) throws Exception {
    running = Optional.of(job.submit());
    return running.get();
  }

  /** Stops the job and returns the savepoint. */
  String stop() throws Exception {
    return running
        .orElseThrow()
        .stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
        .get(1, TimeUnit.MINUTES);
  }

  /** Returns the savepoint, taken after the order {@code Bern,5} was read. */
  String runAndStop(String yaml) throws Exception {
    return runAndStop(yaml, 5, copies, "Bern,5");
  }

  /** Returns the savepoint, taken after one order was read and copied. */
  String runAndStop(String yaml, int amount, TestTopic copied, String line) throws Exception {
    start(yaml);
    send("Bern,%d,2020-11-20 10:10:00Z".formatted(amount));
    awaitLines(copied, line);
    return stop();
  }

  void cancel() {
    running.ifPresent(job -> job.cancel().exceptionally(ended -> null).join());
  }

  /** Writes an order to the first partition. */
  void send(String order) throws Exception {
    send(0, order);
  }

  void send(int partition, String order) throws Exception {
    input.send(partition, order);
  }

  /** Advances event time in both partitions to the next hour, which closes the window. */
  void closeWindow() throws Exception {
    send("Basel,9,2020-11-20 12:00:00Z");
    send(1, "Basel,9,2020-11-20 12:00:00Z");
  }

  static void awaitLines(TestTopic topic, String... expected) {
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(topic.values()).containsExactlyInAnyOrder(expected));
  }
}
