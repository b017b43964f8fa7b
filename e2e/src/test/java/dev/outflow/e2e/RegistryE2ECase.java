package dev.outflow.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.check.CheckReport;
import dev.outflow.check.CheckText;
import dev.outflow.check.JobCheck;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.embedded.ClusterRest;
import dev.outflow.embedded.TestTopic;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** Registers and evolves the schema of an {@code avro-confluent} output. */
@ExtendWith({PrintLogsOnFailure.class, SharedClusters.Extension.class})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RegistryE2ECase {
  private static final String JAR = ClusterRest.JAR.toAbsolutePath().normalize().toString();
  private static final Duration ARRIVING = Duration.ofSeconds(90);
  private static final int RECORDS = 3;

  @TempDir private static Path folder;
  private static SchemaRegistryProcess registry;
  private static KafkaCluster kafka;
  private static FlinkCluster flink;
  private static Numbers numbers;

  @BeforeAll
  static void start(SharedClusters clusters) throws Exception {
    flink = clusters.flink();
    kafka = clusters.kafka();
    registry = SchemaRegistryProcess.start(folder.resolve("registry"));
    numbers = Numbers.create(kafka, 1);
    numbers.send(0, RECORDS);
  }

  @AfterAll
  static void stop() throws Exception {
    registry.close();
    flink.cancelAll();
  }

  @Test
  @Order(1)
  void registersTheSchemaUnderTheTopicAndWritesItsIdInEachRecord() throws Exception {
    run("SELECT number, TO_TIMESTAMP_LTZ(number, 3) AS seen FROM numbers");

    awaitRecords(numbers.out(), RECORDS);
    ByteBuffer first = ByteBuffer.wrap(numbers.out().committed().get(0).value());
    assertThat(first.get()).isZero();
    assertThat(registry.json("/schemas/ids/" + first.getInt()).path("schema").asText())
        .contains("\"name\":\"number\"", "\"name\":\"seen\"", "timestamp-millis");
    assertThat(registry.json("/subjects")).hasToString("[\"" + subject() + "\"]");
  }

  @Test
  @Order(2)
  void acceptsANewNullableColumnAndReadsOldAndNewRecords() throws Exception {
    registry.setCompatibility("BACKWARD", subject());

    run(
        "SELECT number, TO_TIMESTAMP_LTZ(number, 3) AS seen, 'n' || CAST(number AS STRING) AS word FROM numbers");

    awaitRecords(numbers.out(), 2 * RECORDS);
    assertThat(registry.json("/subjects/%s/versions".formatted(subject()))).hasToString("[1,2]");
    TestTopic read = TestTopic.create(kafka, 1);
    submit(reader(read));
    awaitRecords(read, 2 * RECORDS);
    assertThat(read.committed())
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactly(
            "{\"number\":0,\"seen\":\"1970-01-01T00:00:00Z\",\"word\":null}",
            "{\"number\":1,\"seen\":\"1970-01-01T00:00:00.001Z\",\"word\":null}",
            "{\"number\":2,\"seen\":\"1970-01-01T00:00:00.002Z\",\"word\":null}",
            "{\"number\":0,\"seen\":\"1970-01-01T00:00:00Z\",\"word\":\"n0\"}",
            "{\"number\":1,\"seen\":\"1970-01-01T00:00:00.001Z\",\"word\":\"n1\"}",
            "{\"number\":2,\"seen\":\"1970-01-01T00:00:00.002Z\",\"word\":\"n2\"}");
    flink.cancelAll();
  }

  @Test
  @Order(3)
  void rejectsAnIncompatibleChangeBeforeTheJobStarts() throws Exception {
    int jobs = flink.rest().jobs().size();
    Path definition = write(writer("SELECT CAST(number AS STRING) AS number FROM numbers"));
    String expected =
        "outputs.copies.avro-confluent.subject  '%s' at %s rejects this output's schema: column 'number': int cannot be read as string; change the query, write to a new topic or subject, or change the subject's compatibility level"
            .formatted(subject(), registry.url());

    JavaCommand.Result submission = flink.run("-d", JAR, "--config", definition.toString());

    assertThat(submission.exitCode()).isEqualTo(1);
    assertThat(submission.output()).contains(expected);
    assertThat(flink.rest().jobs()).hasSize(jobs);
    assertThat(registry.json("/subjects/%s/versions".formatted(subject()))).hasToString("[1,2]");
    assertThat(check(definition)).contains("schema", "rejects this output's schema");
  }

  @Test
  @Order(4)
  void reportsAnUnreachableRegistryBeforeTheJobStarts() throws Exception {
    Path definition =
        write(writer("SELECT number FROM numbers").replace(registry.url(), "http://127.0.0.1:1"));

    assertThat(check(definition)).contains("no schema registry responded at http://127.0.0.1:1");
  }

  private static String subject() {
    return numbers.out().name() + "-value";
  }

  /** Replaces the running job. */
  private static void run(String query) throws Exception {
    flink.cancelAll();
    submit(writer(query));
  }

  private static void submit(String definition) throws Exception {
    JavaCommand.Result submitted = flink.run("-d", JAR, "--config", write(definition).toString());
    assertThat(submitted.exitCode()).as(submitted.output()).isZero();
  }

  private static String check(Path definition) {
    StringBuilder text = new StringBuilder();
    CheckReport report =
        JobCheck.run(
            DefinitionSource.of(definition.toString()),
            new Configuration(),
            new CheckText(line -> text.append(line).append('\n'), Ansi.OFF));
    assertThat(report.targets()).isNotEmpty();
    return text.toString();
  }

  private static String writer(String query) {
    return numbers
            .tables()
            .replace(
                "topic: %s\n    format: json".formatted(numbers.out().name()),
                "topic: %s\n    format: avro-confluent\n    avro-confluent.url: %s"
                    .formatted(numbers.out().name(), registry.url()))
        + "queries:\n  copies: \"%s\"\n".formatted(query);
  }

  private static String reader(TestTopic out) {
    return """
        name: reader
        inputs:
          copies:
            connector: kafka
            bootstrap-servers: %1$s
            topic: %2$s
            start: earliest
            format: avro-confluent
            avro-confluent.url: %3$s
            columns: { number: INT, seen: TIMESTAMP_LTZ(3), word: STRING }
        outputs:
          read:
            bootstrap-servers: %1$s
            topic: %4$s
            format: json
        queries: { read: SELECT * FROM copies }
        flink: { execution.checkpointing.interval: 500 ms }
        """
        .formatted(kafka.bootstrapServers(), numbers.out().name(), registry.url(), out.name());
  }

  private static Path write(String definition) throws Exception {
    return Files.writeString(folder.resolve("job.yaml"), definition);
  }

  private static void awaitRecords(TestTopic topic, int number) {
    Await.until(
        "%d records are in %s".formatted(number, topic.name()),
        ARRIVING,
        JavaProcess.started(),
        () -> topic.committed().size() >= number);
  }
}
