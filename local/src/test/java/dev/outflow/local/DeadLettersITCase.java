package dev.outflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.definition.JobDefinition;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.error.DeadLetter;
import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.RecordOrigin;
import dev.outflow.kafka.error.RecordProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./outflow dead-letters}: its output and exit codes. */
@ExtendWith(KafkaExtension.class)
class DeadLettersITCase {
  private static final String JOB =
      """
      name: dead-letters-NAME
      inputs:
        orders:
          connector: kafka
          bootstrap-servers: BROKER
          topic: INPUT
          format: json
          columns: { n: INT }
          on-error: dead-letter
          dead-letter-topic: DEAD_TOPIC
      queries:
        numbers: |
          SELECT n, MAP[CASE WHEN n = 2 THEN CAST(NULL AS STRING) ELSE 'tag' END, n] AS tags,
            CASE WHEN n = 3 THEN REPEAT('x', 9000) ELSE 'fine' END AS `text`
          FROM (VALUES (1), (2), (3), (4)) AS t(n)
        seen: SELECT n FROM orders
      outputs:
        numbers:
          bootstrap-servers: BROKER
          topic: OUTPUT
          format: json
          on-error: dead-letter
          dead-letter-topic: DEAD_TOPIC
          kafka: { max.request.size: 4000 }
        seen: { bootstrap-servers: BROKER, topic: OUTPUT, format: json }
      flink: { execution.checkpointing.interval: 200 ms }
      """;

  private final OutflowCommand outflow = new OutflowCommand();
  private final EmbeddedKafka kafka;
  private final TestTopic input;
  private final TestTopic output;
  private final TestTopic deadLetters;
  @TempDir private Path folder;

  DeadLettersITCase(EmbeddedKafka kafka) throws Exception {
    this.kafka = kafka;
    this.input = TestTopic.create(kafka, 1);
    this.output = TestTopic.create(kafka, 1);
    this.deadLetters = TestTopic.create(kafka, 2);
  }

  @Test
  void showsCountsAndReplaysDeadLettersOfAnOutputOnce() throws Exception {
    String job =
        write(
            JOB.replaceFirst("(?s)inputs:.*?queries:", "queries:")
                .replaceFirst("  seen: SELECT n FROM orders\n", "")
                .replaceFirst("  seen: \\{.*\n", ""));
    assertThat(outflow.run("run", job)).as(outflow.err()).isZero();

    assertThat(outflow.run("dead-letters", "numbers", job)).as(outflow.err()).isZero();
    assertThat(outflow.out())
        .containsPattern(
            "20\\S+Z  OutputDataConversionError.TypeConversionError  column 'tags'  json cannot")
        .containsPattern(
            "RecordExceededSizeLimit  9\\d\\d\\d bytes .*  \\(truncated from 9\\d+ bytes\\)")
        .contains("       1  OutputDataConversionError.RecordExceededSizeLimit\n")
        .contains("       1  OutputDataConversionError.TypeConversionError\n")
        .doesNotContain("\"n\":2");
    assertThat(
            outflow.run(
                "dead-letters",
                "numbers",
                job,
                "--values",
                "--code",
                "OutputDataConversionError.TypeConversionError"))
        .isZero();
    assertThat(outflow.out())
        .contains("    {\"n\":2,\"tags\":{\"null\":2},\"text\":\"fine\"}")
        .doesNotContain("SizeLimit");

    assertThat(outflow.run("dead-letters", "numbers", job, "--replay")).isEqualTo(2);
    assertThat(outflow.err()).contains("use --to TOPIC");
    assertThat(outflow.run("dead-letters", "numbers", job, "--replay", "--to", input.name()))
        .isZero();
    assertThat(outflow.out())
        .contains("1 sent to '%s'\n1 skipped: truncated".formatted(input.name()));
    assertThat(outflow.run("dead-letters", "numbers", job, "--replay", "--to", input.name()))
        .isZero();
    assertThat(outflow.out()).contains("nothing new to send");
    assertThat(input.settled())
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactly("{\"n\":2,\"tags\":{\"null\":2},\"text\":\"fine\"}");
  }

  @Test
  void replaysWithoutTransactionsAndResumesAfterTheLastRecordSent() throws Exception {
    JobDefinition job = DefinitionReader.read(DefinitionSource.of(write(JOB)));
    DeadLetterTopicClient client = DeadLetterTopicClient.find(job, "orders").orElseThrow();
    DeadLetterReplay replay = new DeadLetterReplay(client, Optional.empty(), false);
    byte[] value = {0, -1, 27, 10};
    keep(value, 1_700_000_000_000L);

    assertThat(replay.run()).isEqualTo("1 sent to '%s'".formatted(input.name()));
    assertThat(replay.run()).isEqualTo("nothing new to send");
    assertThat(input.settled()).extracting(ConsumerRecord::value).containsExactly(value);
  }

  @Test
  void replaysDeadLettersOfAnInputToItsTopicByteForByte() throws Exception {
    String job = write(JOB);
    byte[] value = {0, -1, 27, 10};
    keep(value, 1_700_000_000_000L);

    assertThat(outflow.run("dead-letters", "orders", job, "--values")).as(outflow.err()).isZero();
    assertThat(outflow.out())
        .contains(
            "2026-11-24T10:00:00Z  InputDeserializerError.InvalidData  topic '%s', partition 0, offset 17  no JSON"
                .formatted(input.name()))
        .doesNotContain("\u001b");

    assertThat(outflow.run("dead-letters", "orders", job, "--replay")).as(outflow.err()).isZero();
    keep(value, 1_700_000_000_001L);
    assertThat(outflow.run("dead-letters", "orders", job, "--replay")).as(outflow.err()).isZero();
    assertThat(outflow.out()).contains("1 sent to '%s'".formatted(input.name()));
    assertThat(input.settled())
        .allSatisfy(record -> assertThat(record.value()).isEqualTo(value))
        .allSatisfy(record -> assertThat(new String(record.key(), UTF_8)).isEqualTo("key"))
        .extracting(ConsumerRecord::timestamp)
        .containsExactly(1_700_000_000_000L, 1_700_000_000_001L);

    keep(value, 1_700_000_000_002L);
    String renamed = "inputs.orders.topic=" + output.name();
    assertThat(outflow.run("dead-letters", "orders", job, "--replay", "--set", renamed))
        .isEqualTo(2);
    assertThat(outflow.err())
        .contains("a dead letter was read from '%s', not from".formatted(input.name()))
        .contains("use --to TOPIC");
    String pattern = write(JOB.replaceFirst("topic: INPUT", "topic-pattern: INPUT|none-.*"));
    assertThat(outflow.run("dead-letters", "orders", pattern, "--replay"))
        .as(outflow.err())
        .isZero();
    assertThat(input.settled()).as("nothing is skipped").hasSize(3);
  }

  @Test
  void rejectsInvalidRequestsWithExitCodeTwo() throws Exception {
    String job = write(JOB);

    assertThat(outflow.run("dead-letters", "numbers", job)).isZero();
    assertThat(outflow.out()).isEqualTo("no dead letters in '%s'\n".formatted(deadLetters.name()));
    assertThat(outflow.run("dead-letters", "nobody", job)).isEqualTo(2);
    assertThat(outflow.err())
        .contains("unknown output or Kafka input 'nobody'; expected one of numbers, orders, seen");
    assertThat(outflow.run("dead-letters", "seen", job)).isEqualTo(2);
    assertThat(outflow.err())
        .contains("outputs.seen.on-error  is 'fail', so bad records are not kept");
    assertThat(outflow.run("dead-letters", "orders", job, "--replay", "--to", "nowhere"))
        .isEqualTo(2);
    assertThat(outflow.err()).contains("--to: topic 'nowhere' does not exist on ");
    assertThat(outflow.run("dead-letters", "numbers", job, "--code", "Bad")).isEqualTo(2);
    assertThat(outflow.err()).contains("unknown error code 'Bad'");
    String missing = "outputs.numbers.dead-letter-topic=not-there";
    assertThat(outflow.run("dead-letters", "numbers", job, "--set", missing)).isEqualTo(2);
    assertThat(outflow.err())
        .contains("outputs.numbers.dead-letter-topic  topic 'not-there' does not exist on ");
  }

  private void keep(byte[] value, long timestamp) throws Exception {
    DeadLetter deadLetter =
        new DeadLetter(
            Optional.of("dead-letters"),
            "orders",
            new RecordProblem(ErrorCode.INVALID_DATA, "no JSON"),
            Optional.of(new RecordOrigin(input.name(), 0, 17)),
            Instant.parse("2026-11-24T10:00:00Z"));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(
              deadLetter.toRecord(
                  deadLetters.name(), timestamp, "key".getBytes(UTF_8), value, 1_000))
          .get();
    }
  }

  private String write(String yaml) throws IOException {
    return Files.writeString(
            folder.resolve("job.yaml"),
            yaml.replace("NAME", deadLetters.name())
                .replace("BROKER", kafka.bootstrapServers())
                .replace("INPUT", input.name())
                .replace("OUTPUT", output.name())
                .replace("DEAD_TOPIC", deadLetters.name()))
        .toString();
  }
}
