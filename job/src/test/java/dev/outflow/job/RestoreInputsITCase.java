package dev.outflow.job;

import static dev.outflow.job.RestorableJob.awaitLines;
import static dev.outflow.job.RestorableJob.fromSavepoint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Restores the positions and rows of inputs: topics that are added or removed, upserts and files.
 */
@ExtendWith(KafkaExtension.class)
class RestoreInputsITCase {
  @RegisterExtension static final MiniClusterExtension FLINK = RestorableJob.cluster();

  private final RestorableJob job;

  RestoreInputsITCase(EmbeddedKafka kafka, @TempDir Path folder) throws Exception {
    job = new RestorableJob(kafka, folder);
  }

  @AfterEach
  void cancel() {
    job.cancel();
  }

  @Test
  void readsAnAddedTopicFromItsFirstRecordAndStopsReadingARemovedOne() throws Exception {
    String yaml =
        job.yaml().replace("{ column: placed_at }", "{ column: placed_at, policy: adjust }");
    TestTopic added = TestTopic.create(job.kafka(), 1);
    added.send(0, "Chur,1,2020-11-20 10:10:00Z");

    String first = job.runAndStop(yaml);
    String routed =
        yaml.replace(
                "SELECT city, amount FROM",
                "SELECT city, amount, '%s' AS target FROM".formatted(job.copies().name()))
            .replace(
                "topic: %s, format".formatted(job.copies().name()),
                "topic: { from: target, allowed: [%s, %s] }, exclude-from-value: target, headers: { source: \"'test'\" }, format"
                    .formatted(job.copies().name(), job.counts().name()));
    String both =
        routed.replace(
            "topic: " + job.input().name(),
            "topics: [%s, %s]".formatted(job.input().name(), added.name()));
    job.start(fromSavepoint(first, both));
    job.send("Bern,7,2020-11-20 10:20:00Z");
    awaitLines(job.copies(), "Bern,5", "Bern,7", "Chur,1");
    String second = job.stop();

    job.start(fromSavepoint(second, routed));
    added.send(0, "Chur,2,2020-11-20 10:10:00Z");
    job.send("Bern,8,2020-11-20 10:30:00Z");
    job.closeWindow();

    awaitLines(job.counts(), "Bern,20", "Chur,1");
    assertThat(job.copies().values())
        .containsExactlyInAnyOrder("Bern,5", "Bern,7", "Chur,1", "Bern,8", "Basel,9", "Basel,9");
  }

  @Test
  void keepsWindowsAndPartitionClocksOfAPatternWhoseTopicsChange() throws Exception {
    String yaml =
        job.yaml()
            .replace(
                "{ column: placed_at }", "{ column: placed_at, policy: adjust, idle-after: 1 s }")
            .replace(
                "topic: " + job.input().name(),
                "topic-pattern: %s(-.*)?".formatted(job.input().name()))
            .replace("  copies: SELECT city,", "  copies: SELECT city || RIGHT(topic, 4) AS city,")
            .replace(
                "TIMESTAMP_LTZ(3) }", "TIMESTAMP_LTZ(3), topic: STRING METADATA FROM 'topic' }");
    String last = job.input().name().substring(job.input().name().length() - 4);
    String first = job.runAndStop(yaml, 5, job.copies(), "Bern" + last + ",5");
    TestTopic added = TestTopic.create(job.kafka(), job.input().name() + "-new", 1, Map.of());
    added.send(0, "Chur,1,2020-11-20 10:20:00Z");

    job.start(fromSavepoint(first, yaml));
    awaitLines(job.copies(), "Bern" + last + ",5", "Chur-new,1");
    job.send("Bern,7,2020-11-20 10:30:00Z");
    job.closeWindow();
    added.send(0, "Basel,9,2020-11-20 12:00:00Z");

    awaitLines(job.counts(), "Bern,12", "Chur,1");
  }

  @Test
  void keepsTheRowsOfAnUpsertInputWhenQueriesAndParallelismChange() throws Exception {
    TestTopic names = TestTopic.create(job.kafka(), 2);
    TestTopic large = TestTopic.create(job.kafka(), 1);
    String joined =
        job.yaml()
            .replace(
                "queries:",
                """
                  names:
                    connector: kafka
                    bootstrap-servers: %s
                    topic: %s
                    mode: upsert
                    primary-key: city
                    format: json
                    columns: { city: STRING, name: STRING, at: "TIMESTAMP_LTZ(3) METADATA FROM 'timestamp'" }
                    event-time: { column: at }
                queries:
                """
                    .formatted(job.kafka().bootstrapServers(), names.name())
                    .stripTrailing())
            .replace(
                "SELECT city, amount FROM orders WHERE amount > 0",
                "SELECT o.city, amount, name FROM orders AS o LEFT JOIN names FOR SYSTEM_TIME AS OF o.placed_at AS n ON o.city = n.city WHERE amount > 0");

    job.start(joined);
    sendName(names, 0, "Bern", "{\"name\": \"Mutz\"}", "2020-11-20T10:00:00Z");
    sendName(names, 0, "Chur", "{}", "2020-11-20T10:15:00Z");
    sendName(names, 1, "Thun", "{}", "2020-11-20T10:15:00Z");
    job.send(1, "Basel,0,2020-11-20 10:15:00Z");
    job.send("Bern,5,2020-11-20 10:10:00Z");
    job.send("Basel,0,2020-11-20 10:15:00Z");
    awaitLines(job.copies(), "Bern,5,Mutz");

    String savepoint = job.stop();
    job.start(
        fromSavepoint(
            savepoint,
            job.withLargeOrders(joined, large)
                .replace("amount > 0", "amount > 1")
                .replace("parallelism.default: 1", "parallelism.default: 2")));
    sendName(names, 0, "Bern", null, "2020-11-20T10:30:00Z");
    sendName(names, 0, "Chur", "{}", "2020-11-20T11:00:00Z");
    sendName(names, 1, "Thun", "{}", "2020-11-20T11:00:00Z");
    job.send(1, "Basel,0,2020-11-20 11:00:00Z");
    job.send("Bern,7,2020-11-20 10:20:00Z");
    job.send("Bern,8,2020-11-20 10:40:00Z");
    job.send("Basel,0,2020-11-20 11:00:00Z");

    awaitLines(job.copies(), "Bern,5,Mutz", "Bern,7,Mutz", "Bern,8,");
  }

  private void sendName(TestTopic names, int partition, String city, String value, String at)
      throws Exception {
    names.send(partition, Instant.parse(at), city, value);
  }

  @Test
  void readsOnlyTheFilesOfEventHubsCaptureThatItHasNotRead() throws Exception {
    Path captured = job.folder().resolve("captured");
    String yaml =
        reading(
            "connector: event-hubs-capture\n    path: %s\n    monitor-interval: 1 s"
                .formatted(captured));
    CapturedFile.write(captured, 0, "Bern,5,2020-11-20 10:10:00Z", "Bern,6,2020-11-20 10:10:01Z");

    job.start(yaml);
    awaitLines(job.copies(), "Bern,5", "Bern,6");
    String savepoint = job.stop();
    CapturedFile.write(captured, 1, "Bern,7,2020-11-20 10:20:00Z", "Basel,9,2020-11-20 12:00:00Z");
    job.start(fromSavepoint(savepoint, yaml));

    awaitLines(job.copies(), "Bern,5", "Bern,6", "Bern,7", "Basel,9");
    awaitLines(job.counts(), "Bern,18");
  }

  @Test
  void readsOnlyTheFilesThatItHasNotRead() throws Exception {
    Path files = Files.createDirectories(job.folder().resolve("files"));
    String yaml =
        reading(
            "connector: filesystem\n    path: %s\n    source.monitor-interval: 200 ms"
                .formatted(files));
    writeFile(files, "1.csv", "Bern,5,2020-11-20 10:10:00Z\nBern,6,2020-11-20 10:10:01Z\n");

    job.start(yaml);
    awaitLines(job.copies(), "Bern,5", "Bern,6");
    writeFile(files, "2.csv", "Bern,7,2020-11-20 10:20:00Z\n");
    awaitLines(job.copies(), "Bern,5", "Bern,6", "Bern,7");
    String savepoint = job.stop();
    writeFile(files, "3.csv", "Basel,9,2020-11-20 12:00:00Z\n");
    job.start(fromSavepoint(savepoint, yaml));

    awaitLines(job.copies(), "Bern,5", "Bern,6", "Bern,7", "Basel,9");
    awaitLines(job.counts(), "Bern,18");
  }

  /** Returns the job with an input of files instead of a topic. */
  private String reading(String files) {
    return job.yaml()
        .replace(
            "connector: kafka\n    bootstrap-servers: %s\n    topic: %s"
                .formatted(job.kafka().bootstrapServers(), job.input().name()),
            files)
        .replace("{ column: placed_at }", "{ column: placed_at, out-of-order: 1 min }");
  }

  /** Renames a complete file, as docs/inputs.md advises. */
  private static void writeFile(Path folder, String name, String lines) throws Exception {
    Files.move(Files.writeString(folder.resolve("." + name), lines), folder.resolve(name));
  }
}
