package dev.outflow.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outflow.compose.ComposedJob;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.print.EffectiveConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Stops a job with a savepoint, changes it, and restores it. */
@ExtendWith(KafkaExtension.class)
class SavepointITCase {
  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final Duration LONG = Duration.ofSeconds(40);

  @TempDir private Path folder;
  private EmbeddedKafka kafka;
  private TestTopic input;
  private TestTopic copies;
  private TestTopic counts;
  private String yaml;
  private Optional<JobClient> running = Optional.empty();

  @BeforeEach
  void createTopicsAndJob(EmbeddedKafka broker) throws Exception {
    kafka = broker;
    input = TestTopic.create(kafka, 2);
    copies = TestTopic.create(kafka, 2);
    counts = TestTopic.create(kafka, 1);
    yaml =
        """
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

  @AfterEach
  void cancel() {
    running.ifPresent(job -> job.cancel().exceptionally(ended -> null).join());
  }

  @Test
  void continuesCountsWithoutLossOrDuplicatesWhenOutputsFiltersAndParallelismChange()
      throws Exception {
    TestTopic otherCopies = TestTopic.create(kafka, 1);
    TestTopic large = TestTopic.create(kafka, 1);

    String first = runAndStop(yaml, 5, copies, "Bern,5");
    String changed =
        yaml.replace(
                "topic: " + copies.name(), "compression-type: gzip, topic: " + otherCopies.name())
            .replace("amount > 0", "amount > 1")
            .replace("{ column: placed_at }", "{ column: placed_at, policy: adjust }")
            .replace(
                "  counts: >", "  large: SELECT city FROM orders WHERE amount > 6\n  counts: >")
            .replace("parallelism.default: 1", "parallelism.default: 2")
            .replace(
                "flink:",
                "  large: { bootstrap-servers: \"%s\", topic: %s, format: csv }\nflink:"
                    .formatted(kafka.bootstrapServers(), large.name()));
    String second = runAndStop(from(first, changed), 7, otherCopies, "Bern,7");
    start(
        from(
            second,
            changed
                .replace("compression-type: gzip", "delivery-guarantee: at-least-once")
                .replace("parallelism.default: 2", "parallelism.default: 1")));
    send("Bern,8,2020-11-20 10:30:00Z");
    closeWindow();

    awaitLines(counts, "Bern,20");
    awaitLines(otherCopies, "Bern,7", "Bern,8", "Basel,9", "Basel,9");
    assertThat(lines(copies)).containsExactly("Bern,5");
    assertThat(lines(large)).containsExactlyInAnyOrder("Bern", "Bern", "Basel", "Basel");
  }

  @Test
  void readsAnAddedTopicFromItsFirstRecordAndStopsReadingARemovedOne() throws Exception {
    yaml = yaml.replace("{ column: placed_at }", "{ column: placed_at, policy: adjust }");
    TestTopic added = TestTopic.create(kafka, 1);
    send(added.name(), 0, "Chur,1,2020-11-20 10:10:00Z");

    String first = runAndStop(yaml, 5, copies, "Bern,5");
    String routed =
        yaml.replace(
                "SELECT city, amount FROM",
                "SELECT city, amount, '%s' AS target FROM".formatted(copies.name()))
            .replace(
                "topic: %s, format".formatted(copies.name()),
                "topic: { from: target, allowed: [%s, %s] }, exclude-from-value: target, headers: { source: \"'test'\" }, format"
                    .formatted(copies.name(), counts.name()));
    String both =
        routed.replace(
            "topic: " + input.name(), "topics: [%s, %s]".formatted(input.name(), added.name()));
    start(from(first, both));
    send("Bern,7,2020-11-20 10:20:00Z");
    awaitLines(copies, "Bern,5", "Bern,7", "Chur,1");
    String second =
        running
            .orElseThrow()
            .stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
            .get(1, TimeUnit.MINUTES);

    start(from(second, routed));
    send(added.name(), 0, "Chur,2,2020-11-20 10:10:00Z");
    send("Bern,8,2020-11-20 10:30:00Z");
    closeWindow();

    awaitLines(counts, "Bern,20", "Chur,1");
    assertThat(lines(copies))
        .containsExactlyInAnyOrder("Bern,5", "Bern,7", "Chur,1", "Bern,8", "Basel,9", "Basel,9");
  }

  @Test
  void continuesWhenOutputsBeginToWriteUpserts() throws Exception {
    String first = runAndStop(yaml, 5, copies, "Bern,5");
    start(
        from(
            first,
            yaml.replace("format: csv }", "format: csv, mode: upsert, partition-key: city }")));
    send("Bern,8,2020-11-20 10:30:00Z");
    closeWindow();

    awaitLines(counts, "Bern,13");
    awaitLines(copies, "Bern,5", "Bern,8", "Basel,9", "Basel,9");
    assertThat(copies.committed())
        .extracting(record -> record.key() == null ? null : new String(record.key(), UTF_8))
        .containsExactlyInAnyOrder(null, "Bern", "Basel", "Basel");
  }

  @Test
  void rejectsAnotherKeyInsteadOfReusingTheRowsOfTheOldOne() throws Exception {
    yaml =
        yaml.replace(
                "FROM orders WHERE amount > 0",
                "FROM orders GROUP BY city, amount HAVING COUNT(*) > 0")
            .replaceFirst(
                "format: csv }",
                "format: csv, mode: upsert, partition-key: city, on-conflict: deduplicate }");
    assertRejected(yaml -> yaml.replace("partition-key: city", "partition-key: amount"));
  }

  @Test
  void keepsWindowsAndPartitionClocksOfAPatternWhoseTopicsChange() throws Exception {
    yaml =
        yaml.replace(
                "{ column: placed_at }", "{ column: placed_at, policy: adjust, idle-after: 1 s }")
            .replace("topic: " + input.name(), "topic-pattern: %s(-.*)?".formatted(input.name()))
            .replace("  copies: SELECT city,", "  copies: SELECT city || RIGHT(topic, 4) AS city,")
            .replace(
                "TIMESTAMP_LTZ(3) }", "TIMESTAMP_LTZ(3), topic: STRING METADATA FROM 'topic' }");
    String last = input.name().substring(input.name().length() - 4);
    String first = runAndStop(yaml, 5, copies, "Bern" + last + ",5");
    String added = input.name() + "-new";
    try (Admin admin = kafka.admin()) {
      admin
          .createTopics(List.of(new NewTopic(added, Optional.of(1), Optional.empty())))
          .all()
          .get();
    }
    send(added, 0, "Chur,1,2020-11-20 10:20:00Z");

    start(from(first, yaml));
    awaitLines(copies, "Bern" + last + ",5", "Chur-new,1");
    send("Bern,7,2020-11-20 10:30:00Z");
    closeWindow();
    send(added, 0, "Basel,9,2020-11-20 12:00:00Z");

    awaitLines(counts, "Bern,12", "Chur,1");
  }

  @Test
  void continuesWithEarlierRowsAndSlidingWindows() throws Exception {
    String window = "WINDOW w AS (PARTITION BY city ORDER BY rowtime RANGE BETWEEN %s PRECEDING";
    String sliding =
        yaml.substring(0, yaml.indexOf("  counts: >"))
            + """
              pairs: >
                SELECT city, amount, earlier_row.amount AS before, rowtime AS ts
                FROM EARLIER_ROW(input => TABLE orders PARTITION BY city ORDER BY placed_at,
                  limit_duration => INTERVAL '1' HOUR, on_time => DESCRIPTOR(placed_at), uid => 'pairs')
              changes: >
                SELECT city, before, is_entering, SUM(CASE WHEN is_entering THEN amount END) OVER w AS total
                FROM SLIDING_CHANGES(input => TABLE pairs PARTITION BY city,
                  window_size => INTERVAL '30' MINUTE, on_time => DESCRIPTOR(ts), uid => 'changes')
                %s AND CURRENT ROW)
              counts: >
                SELECT city, CASE WHEN is_entering THEN before ELSE -1 END AS before, total
                FROM changes WHERE city = 'Bern' AND total > 0
            """
                .formatted(window.formatted("INTERVAL '29:59.999' MINUTE TO SECOND"))
            + yaml.substring(yaml.indexOf("outputs:"));

    start(sliding);
    send(1, "Basel,0,2020-11-20 10:15:00Z");
    send("Bern,5,2020-11-20 10:10:00Z");
    awaitLines(counts, "Bern,,5", "Bern,-1,5");
    start(from(stop(), sliding));
    send("Bern,8,2020-11-20 10:30:00Z");
    closeWindow();

    awaitLines(counts, "Bern,,5", "Bern,-1,5", "Bern,5,13", "Bern,-1,13", "Bern,-1,8");
  }

  @Test
  void continuesWithTheHistoryOfAnomalies() throws Exception {
    String detecting =
        yaml.substring(0, yaml.indexOf("  counts: >"))
            + """
              spikes: >
                SELECT city, amount, anomaly.IsAnomaly AS spike, rowtime AS ts
                FROM SPIKE_AND_DIP(input => TABLE orders PARTITION BY city ORDER BY placed_at,
                  observed_value => DESCRIPTOR(amount), confidence => 95E0, history_size => 3, mode => 'spikes',
                  limit_duration => INTERVAL '1' HOUR, on_time => DESCRIPTOR(placed_at), uid => 'spikes')
              changes: >
                SELECT city, amount, spike, anomaly.IsAnomaly AS change
                FROM CHANGE_POINT(input => TABLE spikes PARTITION BY city ORDER BY ts,
                  observed_value => DESCRIPTOR(amount), confidence => 90E0, history_size => 3,
                  limit_duration => INTERVAL '1' HOUR, on_time => DESCRIPTOR(ts), uid => 'changes')
              counts: >
                SELECT city, amount, spike, change FROM changes WHERE city = 'Bern'
            """
            + yaml.substring(yaml.indexOf("outputs:"));

    start(detecting);
    send(1, "Basel,0,2020-11-20 10:15:00Z");
    send("Bern,5,2020-11-20 10:10:00Z");
    send("Bern,5,2020-11-20 10:11:00Z");
    send("Bern,5,2020-11-20 10:12:00Z");
    awaitLines(counts, "Bern,5,0,0", "Bern,5,0,0", "Bern,5,0,0");
    start(from(stop(), detecting));
    send("Bern,8,2020-11-20 10:30:00Z");
    closeWindow();

    awaitLines(counts, "Bern,5,0,0", "Bern,5,0,0", "Bern,5,0,0", "Bern,8,1,1");
  }

  @Test
  void continuesWithTheRowsOfSessionsAndSlidingWindows() throws Exception {
    String gathering =
        yaml.substring(0, yaml.indexOf("  counts: >"))
            + """
              visits: >
                SELECT * FROM SESSION_ROWS(input => TABLE orders PARTITION BY city ORDER BY placed_at,
                  timeout => INTERVAL '30' MINUTE, max_duration => INTERVAL '2' HOUR,
                  on_time => DESCRIPTOR(placed_at), uid => 'visits')
              recent: >
                SELECT * FROM SLIDING_ROWS(input => TABLE orders PARTITION BY city ORDER BY placed_at,
                  window_size => INTERVAL '30' MINUTE, on_time => DESCRIPTOR(placed_at), uid => 'recent')
              counts: >
                SELECT city, 'session' AS kind, SUM(amount) AS total
                FROM TABLE(TUMBLE(TABLE visits, DESCRIPTOR(rowtime), INTERVAL '0.001' SECOND))
                WHERE city = 'Bern' GROUP BY city, window_start, window_end
                UNION ALL
                SELECT city, 'sliding' AS kind, SUM(amount) AS total
                FROM TABLE(TUMBLE(TABLE recent, DESCRIPTOR(rowtime), INTERVAL '0.001' SECOND))
                WHERE city = 'Bern' GROUP BY city, window_start, window_end
            """
            + yaml.substring(yaml.indexOf("outputs:"));

    start(gathering);
    send(1, "Basel,0,2020-11-20 10:15:00Z");
    send("Bern,5,2020-11-20 10:10:00Z");
    send("Bern,1,2020-11-20 10:20:00Z");
    awaitLines(counts, "Bern,sliding,5");
    start(from(stop(), gathering));
    send("Bern,8,2020-11-20 10:30:00Z");
    closeWindow();

    awaitLines(
        counts,
        "Bern,sliding,5",
        "Bern,sliding,6",
        "Bern,sliding,14",
        "Bern,sliding,9",
        "Bern,sliding,8",
        "Bern,session,14");
  }

  @Test
  void keepsTheRowsOfAnUpsertInputWhenQueriesAndParallelismChange() throws Exception {
    TestTopic names = TestTopic.create(kafka, 2);
    TestTopic large = TestTopic.create(kafka, 1);
    String joined =
        yaml.replace(
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
                    .formatted(kafka.bootstrapServers(), names.name())
                    .stripTrailing())
            .replace(
                "SELECT city, amount FROM orders WHERE amount > 0",
                "SELECT o.city, amount, name FROM orders AS o LEFT JOIN names FOR SYSTEM_TIME AS OF o.placed_at AS n ON o.city = n.city WHERE amount > 0");

    start(joined);
    sendName(names, 0, "Bern", "{\"name\": \"Mutz\"}", "2020-11-20T10:00:00Z");
    sendName(names, 0, "Chur", "{}", "2020-11-20T10:15:00Z");
    sendName(names, 1, "Thun", "{}", "2020-11-20T10:15:00Z");
    send(1, "Basel,0,2020-11-20 10:15:00Z");
    send("Bern,5,2020-11-20 10:10:00Z");
    send("Basel,0,2020-11-20 10:15:00Z");
    awaitLines(copies, "Bern,5,Mutz");

    start(
        from(
                stop(),
                joined
                    .replace("amount > 0", "amount > 1")
                    .replace(
                        "  counts: >",
                        "  large: SELECT city FROM orders WHERE amount > 6\n  counts: >"))
            .replace("parallelism.default: 1", "parallelism.default: 2")
            .replace(
                "flink:",
                "  large: { bootstrap-servers: \"%s\", topic: %s, format: csv }\nflink:"
                    .formatted(kafka.bootstrapServers(), large.name())));
    sendName(names, 0, "Bern", null, "2020-11-20T10:30:00Z");
    sendName(names, 0, "Chur", "{}", "2020-11-20T11:00:00Z");
    sendName(names, 1, "Thun", "{}", "2020-11-20T11:00:00Z");
    send(1, "Basel,0,2020-11-20 11:00:00Z");
    send("Bern,7,2020-11-20 10:20:00Z");
    send("Bern,8,2020-11-20 10:40:00Z");
    send("Basel,0,2020-11-20 11:00:00Z");

    awaitLines(copies, "Bern,5,Mutz", "Bern,7,Mutz", "Bern,8,");
  }

  private void sendName(TestTopic names, int partition, String city, String value, String at)
      throws Exception {
    send(
        new ProducerRecord<>(
            names.name(), partition, Instant.parse(at).toEpochMilli(), city, value));
  }

  @Test
  void readsOnlyTheFilesOfEventHubsCaptureThatItHasNotRead() throws Exception {
    Path captured = folder.resolve("captured");
    String job =
        yaml.replace(
                "connector: kafka\n    bootstrap-servers: %s\n    topic: %s"
                    .formatted(kafka.bootstrapServers(), input.name()),
                "connector: event-hubs-capture\n    path: %s\n    monitor-interval: 1 s"
                    .formatted(captured))
            .replace("{ column: placed_at }", "{ column: placed_at, out-of-order: 1 min }");
    CapturedFile.write(captured, 0, "Bern,5,2020-11-20 10:10:00Z", "Bern,6,2020-11-20 10:10:01Z");

    start(job);
    awaitLines(copies, "Bern,5", "Bern,6");
    String savepoint = stop();
    CapturedFile.write(captured, 1, "Bern,7,2020-11-20 10:20:00Z", "Basel,9,2020-11-20 12:00:00Z");
    start(from(savepoint, job));

    awaitLines(copies, "Bern,5", "Bern,6", "Bern,7", "Basel,9");
    awaitLines(counts, "Bern,18");
  }

  @Test
  void readsOnlyTheFilesThatItHasNotRead() throws Exception {
    Path files = Files.createDirectories(folder.resolve("files"));
    String job =
        yaml.replace(
                "connector: kafka\n    bootstrap-servers: %s\n    topic: %s"
                    .formatted(kafka.bootstrapServers(), input.name()),
                "connector: filesystem\n    path: %s\n    source.monitor-interval: 200 ms"
                    .formatted(files))
            .replace("{ column: placed_at }", "{ column: placed_at, out-of-order: 1 min }");
    writeFile(files, "1.csv", "Bern,5,2020-11-20 10:10:00Z\nBern,6,2020-11-20 10:10:01Z\n");

    start(job);
    awaitLines(copies, "Bern,5", "Bern,6");
    writeFile(files, "2.csv", "Bern,7,2020-11-20 10:20:00Z\n");
    awaitLines(copies, "Bern,5", "Bern,6", "Bern,7");
    String savepoint = stop();
    writeFile(files, "3.csv", "Basel,9,2020-11-20 12:00:00Z\n");
    start(from(savepoint, job));

    awaitLines(copies, "Bern,5", "Bern,6", "Bern,7", "Basel,9");
    awaitLines(counts, "Bern,18");
  }

  /** Renames a complete file, as docs/inputs.md advises. */
  private static void writeFile(Path folder, String name, String lines) throws Exception {
    Files.move(Files.writeString(folder.resolve("." + name), lines), folder.resolve(name));
  }

  @Test
  void printsTheOperatorNamesThatTheClusterShows(@InjectMiniCluster MiniCluster flink)
      throws Exception {
    ComposedJob job = Definitions.compose(Definitions.read(folder, yaml));
    List<String> printed = job.operators();
    running = Optional.of(job.submit());

    assertThat(printed).hasSizeGreaterThan(5);
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(
            () -> assertThat(names(flink, running.get().getJobID()).toString()).contains(printed));
    assertThat(EffectiveConfig.of(job)).contains(printed);
  }

  @Test
  void rejectsAnotherInputTopicInsteadOfReusingTheOldOffsets() throws Exception {
    TestTopic other = TestTopic.create(kafka, 2);
    assertRejected(yaml -> yaml.replace("topic: " + input.name(), "topic: " + other.name()));
  }

  @Test
  void rejectsAnotherAggregateInsteadOfReusingTheOldState() throws Exception {
    assertRejected(yaml -> yaml.replace("SUM(amount) AS total", "MAX(amount) AS total"));
  }

  @Test
  void rejectsUnmappedOrderingState() throws Exception {
    yaml = yaml.replace("{ column: placed_at }", "{ column: placed_at, policy: adjust }");
    assertRejected(job -> job.replace(", policy: adjust", ""));
  }

  @Test
  void startsWithEmptyStateIfUnmappedStateMayBeDropped() throws Exception {
    String savepoint = runAndStop(yaml, 5, copies, "Bern,5");
    start(
        from(savepoint, yaml.replace("SUM(amount) AS total", "MAX(amount) AS total"))
            + "  execution.state-recovery.ignore-unclaimed-state: true\n");
    send("Bern,3,2020-11-20 10:30:00Z");
    closeWindow();

    awaitLines(counts, "Bern,3");
  }

  private static List<String> names(MiniCluster flink, JobID job) throws Exception {
    List<String> names = new ArrayList<>();
    flink
        .getExecutionGraph(job)
        .get()
        .getVerticesTopologically()
        .forEach(vertex -> names.add(vertex.getName()));
    return names;
  }

  private void assertRejected(UnaryOperator<String> change) throws Exception {
    String savepoint = runAndStop(yaml, 5, copies, "Bern,5");

    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> start(from(savepoint, change.apply(yaml))))
        .withMessageStartingWith(
            "savepoint  execution.state-recovery.path  "
                + savepoint
                + " contains state of an operator (");
  }

  private static String from(String savepoint, String job) {
    return job + "  execution.state-recovery.path: " + savepoint + "\n";
  }

  /** Returns the savepoint, taken after one order was read. */
  private String runAndStop(String job, int amount, TestTopic copied, String line)
      throws Exception {
    start(job);
    send("Bern,%d,2020-11-20 10:10:00Z".formatted(amount));
    awaitLines(copied, line);
    return stop();
  }

  private String stop() throws Exception {
    return running
        .orElseThrow()
        .stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
        .get(1, TimeUnit.MINUTES);
  }

  private void start(String job) throws Exception {
    running = Optional.of(Definitions.compose(Definitions.read(folder, job)).submit());
  }

  /** Advances event time in both partitions to the next hour, which closes the window. */
  private void closeWindow() throws Exception {
    send("Basel,9,2020-11-20 12:00:00Z");
    send(1, "Basel,9,2020-11-20 12:00:00Z");
  }

  private void send(String line) throws Exception {
    send(0, line);
  }

  private void send(int partition, String line) throws Exception {
    send(input.name(), partition, line);
  }

  private void send(String topic, int partition, String line) throws Exception {
    send(new ProducerRecord<>(topic, partition, null, line));
  }

  private void send(ProducerRecord<String, String> record) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(record).get();
    }
  }

  private static void awaitLines(TestTopic topic, String... expected) {
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(lines(topic)).containsExactlyInAnyOrder(expected));
  }

  private static List<String> lines(TestTopic topic) {
    return topic.committed().stream().map(record -> new String(record.value(), UTF_8)).toList();
  }
}
