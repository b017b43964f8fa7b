package dev.outflow.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.ClusterRest;
import dev.outflow.embedded.TestTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A job that copies a {@link NumberStream}, counts it by device and second in a topic for even and
 * one for odd devices, and writes malformed and oversize records to dead-letter topics. It also
 * copies a {@link PerishableTopic}. Its client timeouts are short, so that faults show soon.
 *
 * @param brokers the bootstrap servers that the job uses
 */
record CountedJob(
    String brokers,
    TestTopic numbers,
    TestTopic copies,
    TestTopic windows,
    TestTopic oddWindows,
    TestTopic malformed,
    TestTopic oversize,
    PerishableTopic perishable) {
  private static final Duration ARRIVING = Duration.ofSeconds(60);
  private static final Pattern ID = Pattern.compile("submitted with JobID ([0-9a-f]{32})");

  /** Creates a job with topics of its own. */
  static CountedJob create(KafkaCluster kafka, String brokers) throws Exception {
    return new CountedJob(
        brokers,
        TestTopic.create(kafka.direct(), 4),
        TestTopic.create(kafka.direct(), 4),
        TestTopic.create(kafka.direct(), 4),
        TestTopic.create(kafka.direct(), 4),
        TestTopic.create(kafka.direct(), 1),
        TestTopic.create(kafka.direct(), 1),
        new PerishableTopic(
            TestTopic.create(kafka.direct(), 1), TestTopic.create(kafka.direct(), 1)));
  }

  /** Submits it with {@code flink run OPTIONS outflow.jar}; returns its id. */
  String submit(FlinkCluster flink, String... options) throws IOException, InterruptedException {
    Path definition = Files.writeString(flink.folder().resolve("job.yaml"), definition());
    String jar = ClusterRest.JAR.toAbsolutePath().toString();
    JavaCommand.Result result =
        flink.run(
            Stream.of(
                    Stream.of("-d"),
                    Stream.of(options),
                    Stream.of(jar, "--config", definition.toString()))
                .flatMap(all -> all)
                .toArray(String[]::new));
    Matcher id = ID.matcher(result.output());
    if (!id.find()) {
      throw new AssertionError("not submitted: " + result.output());
    }
    return id.group(1);
  }

  /**
   * Asserts that each malformed record and each oversize row is in its dead-letter topic exactly
   * once.
   */
  void assertDeadLetters(int sent) {
    List<String> unreadable = NumberStream.malformed(sent);
    await(malformed, unreadable.size());
    assertThat(malformed.committed())
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactlyInAnyOrderElementsOf(unreadable);
    List<Integer> large =
        IntStream.range(0, sent).filter(number -> number % 1000 == 500).boxed().toList();
    await(oversize, large.size());
    assertThat(oversize.committed())
        .extracting(record -> number(new String(record.value(), UTF_8)))
        .containsExactlyInAnyOrderElementsOf(large);
  }

  private static void await(TestTopic topic, int records) {
    Await.until(
        "%d dead letters are in %s".formatted(records, topic.name()),
        ARRIVING,
        JavaProcess.started(),
        () -> topic.committed().size() >= records);
  }

  /** Reads the number of {@code {"number":-500,"device":...}}, which can be truncated. */
  private static int number(String row) {
    return Integer.parseInt(row.substring(row.indexOf('-') + 1, row.indexOf(',')));
  }

  private String definition() {
    return """
        name: faults
        inputs:
          numbers:
            connector: kafka
            bootstrap-servers: %1$s
            topic: %2$s
            start: earliest
            format: json
            columns: { number: INT, device: INT, happened: TIMESTAMP_LTZ(3) }
            event-time: { column: happened }
            on-error: dead-letter
            dead-letter-topic: %5$s
            kafka:
              request.timeout.ms: 4000
              default.api.timeout.ms: 8000
              delivery.timeout.ms: 8000
              max.block.ms: 10000
          perishable:
            connector: kafka
            bootstrap-servers: %1$s
            topic: %7$s
            start: earliest
            on-lost-input: continue
            format: csv
            columns: { life: INT, number: INT }
            kafka:
              request.timeout.ms: 4000
              default.api.timeout.ms: 8000
        outputs:
          survivors:
            bootstrap-servers: %1$s
            topic: %8$s
            format: csv
            kafka:
              request.timeout.ms: 4000
              delivery.timeout.ms: 8000
              max.block.ms: 10000
          copies:
            bootstrap-servers: %1$s
            topic: %3$s
            format: json
            partition-key: device
            on-error: dead-letter
            dead-letter-topic: %6$s
            kafka:
              max.request.size: 100000
              request.timeout.ms: 4000
              delivery.timeout.ms: 8000
              max.block.ms: 10000
          windows:
            bootstrap-servers: %1$s
            topic: { from: target, allowed: [%4$s, %9$s] }
            exclude-from-value: target
            format: json
            partition-key: device
            kafka:
              request.timeout.ms: 4000
              delivery.timeout.ms: 8000
              max.block.ms: 10000
        queries:
          survivors: SELECT life, number FROM perishable
          copies: |
            SELECT number, device, CAST('' AS STRING) AS note FROM numbers WHERE number >= 0
            UNION ALL
            SELECT -number, device, REPEAT('x', 100000) FROM numbers WHERE MOD(number, 1000) = 500
          windows: |
            SELECT device, window_start,
              CASE MOD(device, 2) WHEN 0 THEN '%4$s' ELSE '%9$s' END AS target,
              COUNT(*) AS records, SUM(CAST(number AS BIGINT)) AS total,
              MIN(number) AS lowest, MAX(number) AS highest
            FROM TUMBLE(TABLE numbers, DESCRIPTOR(happened), INTERVAL '1' SECOND)
            GROUP BY device, window_start, window_end
        flink:
          parallelism.default: 2
          execution.checkpointing.interval: 1 s
          execution.checkpointing.timeout: 10 s
          execution.checkpointing.externalized-checkpoint-retention: RETAIN_ON_CANCELLATION
          restart-strategy.type: fixed-delay
          restart-strategy.fixed-delay.attempts: 1000000
          restart-strategy.fixed-delay.delay: 500 ms
        """
        .formatted(
            brokers,
            numbers.name(),
            copies.name(),
            windows.name(),
            malformed.name(),
            oversize.name(),
            perishable.topic().name(),
            perishable.survivors().name(),
            oddWindows.name());
  }
}
