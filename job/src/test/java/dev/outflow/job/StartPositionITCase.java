package dev.outflow.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outflow.check.PreflightCheck;
import dev.outflow.compose.ComposedJob;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests where a job starts to read: several jobs read a topic with records of known times. */
@ExtendWith({MiniClusterExtension.class, KafkaExtension.class})
class StartPositionITCase {
  @TempDir private Path folder;
  private EmbeddedKafka kafka;
  private TestTopic input;
  private TestTopic output;
  private Optional<JobClient> job = Optional.empty();

  @BeforeEach
  void fillTopic(EmbeddedKafka broker) throws Exception {
    kafka = broker;
    input = TestTopic.create(kafka, 1);
    output = TestTopic.create(kafka, 1);
    send("at-ten", "2026-11-20T10:00:00Z");
    send("at-eleven", "2026-11-20T11:00:00Z");
    send("at-twelve", "2026-11-20T12:00:00Z");
  }

  @AfterEach
  void cancelJob() {
    job.ifPresent(running -> running.cancel().join());
  }

  @Test
  void earliestStartsAtTheFirstRecord() throws Exception {
    run("earliest");
    assertThat(written()).containsExactly("at-ten", "at-eleven", "at-twelve");
  }

  @Test
  void customStartsAtTheFirstRecordThatIsNotOlder() throws Exception {
    run("{ custom: 2026-11-20T11:00:00Z }");
    assertThat(written()).containsExactly("at-eleven", "at-twelve");
  }

  @Test
  void customAcceptsAnyTimeZoneOffset() throws Exception {
    run("'custom: 2026-11-20T12:00:00.001+01:00'");
    assertThat(written()).containsExactly("at-twelve");
  }

  @Test
  void jobStartReadsOnlyNewRecords() throws Exception {
    JobClient running = start("job-start");
    awaitCommitted(3);
    send("afterwards", "2026-11-20T09:00:00Z");
    awaitCommitted(4);
    stop(running);

    assertThat(written()).containsExactly("afterwards");
  }

  @Test
  void lastStoppedRequiresCommittedOffsetsAndContinuesFromThem() throws Exception {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> start("last-stopped"))
        .withMessageMatching(
            ("%s/job.yaml:\\d+:\\d+  inputs.numbers.start  last-stopped, but consumer group"
                    + " '%s-numbers' has no committed offsets for topic '%s': no job with this"
                    + " 'consumer-group-id' has completed a checkpoint; for the first start use"
                    + " job-start, earliest or 'custom: [^']+Z'")
                .formatted(folder, name(), input.name()));

    JobClient running = start("earliest");
    awaitCommitted(3);
    stop(running);
    send("while-stopped", "2026-11-20T09:00:00Z");
    run("last-stopped");

    assertThat(written()).containsExactly("at-ten", "at-eleven", "at-twelve", "while-stopped");
  }

  @Test
  void committedStartsAtTheFirstRecordAndThenContinuesFromCommittedOffsets() throws Exception {
    JobClient running = start("committed");
    awaitCommitted(3);
    stop(running);
    send("while-stopped", "2026-11-20T09:00:00Z");
    run("committed");

    assertThat(written()).containsExactly("at-ten", "at-eleven", "at-twelve", "while-stopped");
  }

  @Test
  void readsAddedPartitionsFromTheirFirstRecord() throws Exception {
    JobClient running = start("earliest");
    awaitCommitted(3);
    stop(running);
    try (Admin admin = kafka.admin()) {
      admin.createPartitions(Map.of(input.name(), NewPartitions.increaseTo(2))).all().get();
    }
    Awaitility.await().ignoreExceptions().until(() -> sent(1, "in-the-new-one"));
    run("last-stopped");

    assertThat(written()).containsExactly("at-ten", "at-eleven", "at-twelve", "in-the-new-one");
  }

  /** Runs a bounded job to its end. */
  private void run(String start) throws Exception {
    compose(start, true).submit().getJobExecutionResult().get(1, TimeUnit.MINUTES);
  }

  /** Starts an unbounded job. */
  private JobClient start(String start) throws IOException {
    JobClient started = compose(start, false).submit();
    job = Optional.of(started);
    return started;
  }

  private void stop(JobClient running) throws Exception {
    running.cancel().get(1, TimeUnit.MINUTES);
    Awaitility.await().until(() -> running.getJobStatus().get().isGloballyTerminalState());
  }

  private String name() {
    return "start-" + input.name();
  }

  private ComposedJob compose(String start, boolean bounded) throws IOException {
    ComposedJob job =
        Definitions.compose(
            Definitions.read(
                folder,
                """
                name: %s
                inputs:
                  numbers:
                    connector: kafka
                    bootstrap-servers: %s
                    topic: %s
                    start: %s
                    bounded: %s
                    format: csv
                    columns: { text: STRING }
                queries: { copies: SELECT text FROM numbers }
                outputs: { copies: { bootstrap-servers: "%s", topic: %s, format: csv } }
                flink: { execution.checkpointing.interval: 200 ms }
                """
                    .formatted(
                        name(),
                        kafka.bootstrapServers(),
                        input.name(),
                        start,
                        bounded,
                        kafka.bootstrapServers(),
                        output.name())));
    PreflightCheck.run(job);
    return job;
  }

  /**
   * Waits until a checkpoint has committed the group's offset. Kafka's consumer sends it when its
   * poll of an idle topic ends, after 10 s.
   */
  private void awaitCommitted(long offset) {
    try (Admin admin = kafka.admin()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(
              () ->
                  assertThat(
                          admin
                              .listConsumerGroupOffsets(name() + "-numbers")
                              .partitionsToOffsetAndMetadata()
                              .get()
                              .values())
                      .extracting(OffsetAndMetadata::offset)
                      .containsExactly(offset));
    }
  }

  private List<String> written() {
    return output.settled().stream().map(record -> new String(record.value(), UTF_8)).toList();
  }

  private void send(String text, String time) throws Exception {
    input.send(0, Instant.parse(time), null, text);
  }

  private boolean sent(int partition, String text) throws Exception {
    input.send(partition, text);
    return true;
  }
}
