package dev.outflow.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.error.DeadLetter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Records that cannot be read, among those that can, against a real broker. */
@ExtendWith({MiniClusterExtension.class, KafkaExtension.class})
class BadInputITCase {
  private static final int GOOD = 10_000;
  private static final byte[] BAD = "{\"n\": 5000, \"t".getBytes(UTF_8);

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
  void oneInTenThousandIsKeptAndAllOthersArriveOnce(@TempDir Path folder) throws Exception {
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
    assertThat(header(kept, DeadLetter.MESSAGE)).isEqualTo("its 14 bytes cannot be read as json");
  }

  @Test
  void oneInTenThousandIsDropped(@TempDir Path folder) throws Exception {
    sendNumbers();

    run(folder, "on-error: drop", "n: BIGINT");

    assertThat(numbers()).containsExactlyElementsOf(IntStream.range(0, GOOD).boxed().toList());
  }

  @Test
  void oneInTenThousandEndsTheJobWhichSaysWhichWithoutItsValues(@TempDir Path folder)
      throws Exception {
    sendNumbers();

    assertThatThrownBy(() -> run(folder, "on-error: fail", "n: BIGINT"))
        .rootCause()
        .hasMessage(
            "input 'numbers': topic '%s', partition 0, offset %d: InputDeserializerError.InvalidData: its 14 bytes cannot be read as json. It can never be processed: mend what writes it, or set 'on-error' to drop or dead-letter"
                .formatted(input.name(), GOOD / 2));
  }

  @Test
  void eachRecordThatCannotBeReadSaysWhy(@TempDir Path folder) throws Exception {
    List<String> values =
        List.of(
            "{\"n\": \"x\", \"at\": \"2026-11-24T10:00:00Z\"}",
            "{\"at\": \"2026-11-24T10:00:00Z\"}",
            "{\"n\": 1, \"at\": \"yesterday\"}",
            "{\"n\": 1}",
            "",
            "{\"n\": 7, \"at\": \"2026-11-24T10:00:00Z\"}");
    send(values.stream().map(it -> it.getBytes(UTF_8)).toList());

    run(
        folder,
        "on-error: dead-letter, event-time: {column: at}, dead-letter-topic: " + deadLetters.name(),
        "n: BIGINT NOT NULL, at: TIMESTAMP_LTZ(3)");

    assertThat(output.settled())
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactly("7");
    assertThat(deadLetters.settled())
        .extracting(
            record -> header(record, DeadLetter.CODE) + " " + header(record, DeadLetter.COLUMN))
        .containsExactly(
            "InputDeserializerError.TypeConversionError n",
            "InputDeserializerError.MissingColumns n",
            "InvalidInputTimeStamp at",
            "InvalidInputTimeStamp at",
            "InputDeserializerError.InvalidData null");
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
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  private void run(Path folder, String errors, String columns) throws Exception {
    Definitions.compose(
            Definitions.read(
                folder,
                """
                name: bad-input
                inputs:
                  numbers:
                    { connector: kafka, bootstrap-servers: "%1$s", topic: %2$s, bounded: true,
                      format: json, %3$s, columns: { %4$s } }
                queries: { good: SELECT n FROM numbers }
                outputs:
                  good: { bootstrap-servers: "%1$s", topic: %5$s, format: csv }
                flink:
                  execution.checkpointing.interval: 200 ms
                """
                    .formatted(
                        kafka.bootstrapServers(), input.name(), errors, columns, output.name())))
        .submit()
        .getJobExecutionResult()
        .get(1, TimeUnit.MINUTES);
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
