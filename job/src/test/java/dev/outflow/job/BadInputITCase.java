package dev.outflow.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.check.PreflightCheck;
import dev.outflow.compose.ComposedJob;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.error.DeadLetter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mixes unreadable records with good ones, against a real broker. */
@ExtendWith({MiniClusterExtension.class, KafkaExtension.class})
class BadInputITCase {
  private static final int GOOD = 10_000;
  private static final byte[] BAD = "{\"n\": 5000, \"t".getBytes(UTF_8);

  private static final String COLUMNS = "n: BIGINT NOT NULL, at: TIMESTAMP_LTZ(3)";
  private static final String TIMED = "event-time: {column: at}, ";
  private static final byte[] RIGHT =
      "{\"n\": 7, \"at\": \"2026-11-24T10:00:00Z\"}".getBytes(UTF_8);

  /**
   * Values with a bad row, the last one between two good ones, with the error code and the column
   * that are reported.
   */
  private static final Map<String, String> WRONG = wrong();

  static final List<String> VALUES = List.copyOf(WRONG.keySet());

  private final EmbeddedKafka kafka;
  private TestTopic input;
  private TestTopic output;
  private TestTopic deadLetters;

  BadInputITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @BeforeEach
  void createTopics() throws Exception {
    input = TestTopic.create(kafka, 1);
    output = TestTopic.create(kafka, 1);
    deadLetters = TestTopic.create(kafka, 1);
  }

  @Test
  void writesABadRecordToTheDeadLetterTopicAndDeliversAllOthersOnce(@TempDir Path folder)
      throws Exception {
    sendNumbers();

    run(folder, "on-error: dead-letter, dead-letter-topic: " + deadLetters.name(), "n: BIGINT");

    assertThat(numbers()).containsExactlyElementsOf(IntStream.range(0, GOOD).boxed().toList());
    assertThat(deadLetters.settled()).hasSize(1);
    ConsumerRecord<byte[], byte[]> kept = deadLetters.settled().get(0);
    assertThat(kept.value()).isEqualTo(BAD);
    assertThat(kept.key()).isEqualTo("the key".getBytes(UTF_8));
    assertThat(kept.timestamp()).isEqualTo(input.settled().get(GOOD / 2).timestamp());
    assertThat(header(kept, DeadLetter.CODE)).isEqualTo("InputDeserializerError.InvalidData");
    assertThat(header(kept, DeadLetter.ALIAS)).isEqualTo("numbers");
    assertThat(header(kept, DeadLetter.JOB)).isEqualTo("bad-input");
    assertThat(header(kept, DeadLetter.TOPIC)).isEqualTo(input.name());
    assertThat(header(kept, DeadLetter.PARTITION)).isEqualTo("0");
    assertThat(header(kept, DeadLetter.OFFSET)).isEqualTo(String.valueOf(GOOD / 2));
    assertThat(header(kept, DeadLetter.MESSAGE)).isEqualTo("cannot decode 14 bytes as json");
  }

  @Test
  void dropsABadRecordAndDeliversAllOthers(@TempDir Path folder) throws Exception {
    sendNumbers();

    run(folder, "on-error: drop", "n: BIGINT");

    assertThat(numbers()).containsExactlyElementsOf(IntStream.range(0, GOOD).boxed().toList());
  }

  @Test
  void failsWithThePositionOfABadRecordButNotItsValues(@TempDir Path folder) throws Exception {
    sendNumbers();

    assertThatThrownBy(() -> run(folder, "on-error: fail", "n: BIGINT"))
        .rootCause()
        .hasMessage(
            "input 'numbers': topic '%s', partition 0, offset %d: InputDeserializerError.InvalidData: cannot decode 14 bytes as json. The record cannot be processed: fix the data, or set 'on-error' to drop or dead-letter"
                .formatted(input.name(), GOOD / 2));
  }

  @Test
  void recordsTheReasonOfEachDeadLetterAndDeliversTheGoodRowsOfItsRecord(@TempDir Path folder)
      throws Exception {
    send(WRONG.keySet().stream().map(value -> value.getBytes(UTF_8)).toList());
    send(List.of(RIGHT));

    run(folder, TIMED + "on-error: dead-letter, dead-letter-topic: " + deadLetters.name(), COLUMNS);

    assertThat(numbers()).containsExactly(8, 10, 7);
    assertThat(deadLetters.settled())
        .extracting(
            record -> header(record, DeadLetter.CODE) + " " + header(record, DeadLetter.COLUMN))
        .containsExactlyElementsOf(WRONG.values());
  }

  @Test
  void dropsEachBadRowAndDeliversTheGoodOnesOfItsRecord(@TempDir Path folder) throws Exception {
    send(WRONG.keySet().stream().map(value -> value.getBytes(UTF_8)).toList());
    send(List.of(RIGHT));

    run(folder, TIMED + "on-error: drop", COLUMNS);

    assertThat(numbers()).containsExactly(8, 10, 7);
  }

  @ParameterizedTest
  @FieldSource("VALUES")
  void failsOnEachBadRecord(String value, @TempDir Path folder) throws Exception {
    send(List.of(value.getBytes(UTF_8)));
    String[] codeAndColumn = WRONG.get(value).split(" ", 2);

    assertThatThrownBy(() -> run(folder, TIMED + "on-error: fail", COLUMNS))
        .rootCause()
        .hasMessageContaining("offset 0: " + codeAndColumn[0] + ": ")
        .message()
        .satisfies(
            message ->
                assertThat(message.contains("column '" + codeAndColumn[1] + "'"))
                    .isEqualTo(!codeAndColumn[1].equals("null")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail", "drop", "dead-letter"})
  void treatsARecordWithoutTheRegistryHeaderAsBad(String onError, @TempDir Path folder)
      throws Throwable {
    send(List.of(RIGHT));
    String format = "format: avro-confluent, avro-confluent.url: \"http://127.0.0.1:1\", ";
    String keep = onError.equals("dead-letter") ? ", dead-letter-topic: " + deadLetters.name() : "";
    ThrowingCallable job = () -> run(folder, format, "on-error: " + onError + keep, "n: BIGINT");

    if (onError.equals("fail")) {
      assertThatThrownBy(job)
          .rootCause()
          .hasMessageContaining("offset 0: InputDeserializerError.InvalidHeader: ");
      return;
    }
    job.call();
    assertThat(output.settled()).isEmpty();
    assertThat(deadLetters.settled())
        .extracting(ConsumerRecord::value)
        .containsExactlyElementsOf(onError.equals("drop") ? List.of() : List.of(RIGHT));
  }

  @Test
  void reportsAMissingDeadLetterTopicBeforeTheStart(@TempDir Path folder) throws Exception {
    ComposedJob job =
        compose(folder, "format: json, ", "on-error: dead-letter, dead-letter-topic: no", "n: INT");

    assertThatThrownBy(() -> PreflightCheck.run(job))
        .hasMessageContaining("inputs.numbers.dead-letter-topic  topic 'no' does not exist on ");
  }

  private static Map<String, String> wrong() {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put(
        "{\"n\": \"x\", \"at\": \"2026-11-24T10:00:00Z\"}",
        "InputDeserializerError.TypeConversionError n");
    wrong.put("{\"at\": \"2026-11-24T10:00:00Z\"}", "InputDeserializerError.MissingColumns n");
    wrong.put("{\"n\": 1, \"at\": \"yesterday\"}", "InvalidInputTimeStamp at");
    wrong.put("{\"n\": 1}", "InvalidInputTimeStamp at");
    wrong.put(" ", "InputDeserializerError.InvalidData null");
    wrong.put(
        """
        {"n": 8, "at": "2026-11-24T10:00:00Z"}
        {"n": 9.5, "at": "2026-11-24T10:00:00Z"}
        {"n": 10, "at": "2026-11-24T12:00:00+02:00"}""",
        "InputDeserializerError.TypeConversionError n");
    return wrong;
  }

  private void sendNumbers() throws Exception {
    List<byte[]> values = new ArrayList<>();
    for (int n = 0; n < GOOD; n++) {
      if (n == GOOD / 2) {
        values.add(BAD);
      }
      values.add("{\"n\": %d}".formatted(n).getBytes(UTF_8));
    }
    send(values);
  }

  private void send(List<byte[]> values) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (byte[] value : values) {
        byte[] key = Arrays.equals(value, BAD) ? "the key".getBytes(UTF_8) : null;
        sent.add(producer.send(new ProducerRecord<>(input.name(), key, value)));
      }
      for (Future<RecordMetadata> result : sent) {
        result.get();
      }
    }
  }

  private void run(Path folder, String errors, String columns) throws Exception {
    run(folder, "format: json, ", errors, columns);
  }

  private void run(Path folder, String format, String errors, String columns) throws Exception {
    compose(folder, format, errors, columns)
        .submit()
        .getJobExecutionResult()
        .get(1, TimeUnit.MINUTES);
  }

  private ComposedJob compose(Path folder, String format, String errors, String columns)
      throws Exception {
    return Definitions.compose(
        Definitions.read(
            folder,
            """
                name: bad-input
                inputs:
                  numbers:
                    { connector: kafka, bootstrap-servers: "%1$s", topic: %2$s, bounded: true,
                      %6$s %3$s, columns: { %4$s } }
                queries: { good: SELECT n FROM numbers }
                outputs:
                  good: { bootstrap-servers: "%1$s", topic: %5$s, format: csv }
                flink:
                  execution.checkpointing.interval: 200 ms
                """
                .formatted(
                    kafka.bootstrapServers(),
                    input.name(),
                    errors,
                    columns,
                    output.name(),
                    format)));
  }

  private List<Integer> numbers() {
    return output.settled().stream()
        .map(record -> Integer.valueOf(new String(record.value(), UTF_8)))
        .toList();
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return record.headers().lastHeader(name) == null
        ? null
        : new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
