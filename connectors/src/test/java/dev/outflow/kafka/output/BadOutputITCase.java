package dev.outflow.kafka.output;

import static dev.outflow.kafka.output.BadRows.COMPACTED;
import static dev.outflow.kafka.output.BadRows.LIMIT;
import static dev.outflow.kafka.output.BadRows.ROWS;
import static dev.outflow.kafka.output.BadRows.TOO_LARGE;
import static dev.outflow.kafka.output.BadRows.UNWRITABLE;
import static dev.outflow.kafka.output.BadRows.WITHOUT_KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.error.BadRecordException;
import dev.outflow.kafka.error.DeadLetter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A few bad rows among ten thousand good ones, written to a real topic. */
@ExtendWith(KafkaExtension.class)
class BadOutputITCase {
  private static final String TYPE_CONVERSION = "OutputDataConversionError.TypeConversionError";
  private static final String TOO_LONG = "OutputDataConversionError.RecordExceededSizeLimit";
  private static final String MISSING = "OutputDataConversionError.RequiredColumnMissing";

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(4).build());

  private final EmbeddedKafka kafka;

  BadOutputITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "avro"})
  void writesDeadLettersInTheTransactionOfGoodRecordsAcrossAFailure(String format)
      throws Exception {
    TestTopic topic = BadRows.topic(kafka, COMPACTED);
    TestTopic deadLetters = BadRows.topic(kafka, Map.of("max.message.bytes", "5000"));
    ExactlyOnceITCase.FailsOnce.FAILURES.set(0);

    new BadRows(topic, format, deadLetter(deadLetters)).run();

    assertThat(ExactlyOnceITCase.FailsOnce.FAILURES).hasValue(1);
    assertThat(numbers(topic))
        .containsExactlyElementsOf(allBut(UNWRITABLE, TOO_LARGE, WITHOUT_KEY));
    assertThat(deadLetters.settled()).hasSize(3);
    Map<String, ConsumerRecord<byte[], byte[]>> byCode = byCode(deadLetters);

    ConsumerRecord<byte[], byte[]> unwritable = byCode.get(TYPE_CONVERSION);
    assertThat(header(unwritable, DeadLetter.COLUMN)).isEqualTo("tags");
    assertThat(header(unwritable, DeadLetter.MESSAGE))
        .matches(format + " cannot serialize this value of type .*; change it in the query");
    assertThat(header(unwritable, DeadLetter.ALIAS)).isEqualTo("written");
    assertThat(header(unwritable, DeadLetter.JOB)).isEqualTo("test");
    assertThat(header(unwritable, DeadLetter.TIME)).matches("20\\d\\d-.*Z");
    assertThat(new String(unwritable.key(), UTF_8)).isEqualTo("" + UNWRITABLE);
    assertThat(new String(unwritable.value(), UTF_8))
        .isEqualTo(
            "{\"n\":%d,\"k\":\"%1$d\",\"tags\":{\"null\":%1$d},\"place\":{\"zip\":null},\"text\":\"fine\"}"
                .formatted(UNWRITABLE));

    ConsumerRecord<byte[], byte[]> large = byCode.get(TOO_LONG);
    assertThat(header(large, DeadLetter.MESSAGE)).contains("exceed max.message.bytes " + LIMIT);
    assertThat(Integer.parseInt(header(large, DeadLetter.TRUNCATED))).isGreaterThan(30_000);
    assertThat(large.value().length).isBetween(4_000, 5_000);
    assertThat(new String(large.value(), UTF_8)).startsWith("{\"n\":%d,".formatted(TOO_LARGE));

    ConsumerRecord<byte[], byte[]> withoutKey = byCode.get(MISSING);
    assertThat(withoutKey.key()).isNull();
    assertThat(header(withoutKey, DeadLetter.MESSAGE)).contains("cleanup.policy is compact");
    assertThat(withoutKey.headers().lastHeader(DeadLetter.TRUNCATED)).isNull();
  }

  @Test
  void namesTheColumnsOfAnUnserializableKey() throws Exception {
    TestTopic topic = BadRows.topic(kafka, Map.of());
    TestTopic deadLetters = BadRows.topic(kafka, Map.of());

    new BadRows(topic, "avro", deadLetter(deadLetters) + ", 'partition-key' = 'n;tags'").run();

    ConsumerRecord<byte[], byte[]> unwritable = byCode(deadLetters).get(TYPE_CONVERSION);
    assertThat(header(unwritable, DeadLetter.COLUMN)).isEqualTo("n, tags");
    assertThat(header(unwritable, DeadLetter.MESSAGE))
        .startsWith("the key cannot be serialized; choose another 'partition-key'");
    assertThat(unwritable.key()).isNull();
    assertThat(topic.settled()).hasSize(ROWS - 1);
  }

  /** CSV can serialize every value of its types, which leaves sizes and keys. */
  @Test
  void writesDeadLettersWithCsv() throws Exception {
    TestTopic topic = BadRows.topic(kafka, COMPACTED);
    TestTopic deadLetters = BadRows.topic(kafka, Map.of());

    new BadRows(topic, "csv", deadLetter(deadLetters)).run();

    assertThat(numbers(topic)).containsExactlyElementsOf(allBut(TOO_LARGE, WITHOUT_KEY));
    assertThat(byCode(deadLetters).keySet()).containsExactlyInAnyOrder(TOO_LONG, MISSING);
  }

  @Test
  void doesNotRegisterTheSchemaAgainAfterABadRow() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpServer registry = registry(asked);
    try {
      TestTopic topic = BadRows.topic(kafka, COMPACTED);
      TestTopic deadLetters = BadRows.topic(kafka, Map.of());
      String options =
          deadLetter(deadLetters)
              + ", 'avro-confluent.url' = 'http://localhost:%d'"
                  .formatted(registry.getAddress().getPort());

      new BadRows(topic, "avro-confluent", options).run();

      assertThat(byCode(deadLetters).keySet())
          .containsExactlyInAnyOrder(TYPE_CONVERSION, TOO_LONG, MISSING);
      assertThat(numbers(topic))
          .containsExactlyElementsOf(allBut(UNWRITABLE, TOO_LARGE, WITHOUT_KEY));
      assertThat(asked)
          .as("requests of two subtasks, at most once per start")
          .hasValueBetween(1, 4);
    } finally {
      registry.stop(0);
    }
  }

  /** The row that is too large fits once it is compressed. */
  @Test
  void dropsOnlyBadRowsAndMeasuresThemCompressed() throws Exception {
    TestTopic topic = BadRows.topic(kafka, COMPACTED);

    new BadRows(topic, "json", "'on-error' = 'drop', 'compression-type' = 'zstd'").run();

    assertThat(numbers(topic)).containsExactlyElementsOf(allBut(UNWRITABLE, WITHOUT_KEY));
  }

  @Test
  void failsAtTheFirstBadRowWithoutPrintingItsValues() throws Exception {
    TestTopic topic = BadRows.topic(kafka, Map.of());

    assertThatThrownBy(() -> new BadRows(topic, "json", "'on-error' = 'fail'").run())
        .satisfies(
            failure ->
                assertThat(ExceptionUtils.findThrowable(failure, BadRecordException.class))
                    .get()
                    .extracting(Throwable::getMessage)
                    .asString()
                    .matches(
                        "output 'written': subtask [01]: OutputDataConversionError"
                            + "\\.TypeConversionError: column 'tags': json cannot serialize this value"
                            + " of type MAP<STRING, BIGINT>; change it in the query\\. The record"
                            + " cannot be processed: fix the data, or set 'on-error' to drop or"
                            + " dead-letter"));
  }

  /**
   * With CSV the first bad row is that without key or, if no key is required, the oversized one.
   */
  @ParameterizedTest
  @CsvSource({"compact, " + MISSING, "delete, " + TOO_LONG})
  void failsAtRowsWithOtherErrorCodes(String cleanup, String code) throws Exception {
    TestTopic topic =
        BadRows.topic(kafka, Map.of("cleanup.policy", cleanup, "max.message.bytes", LIMIT));

    assertThatThrownBy(() -> new BadRows(topic, "csv", "'on-error' = 'fail'").run())
        .satisfies(
            failure ->
                assertThat(ExceptionUtils.findThrowable(failure, BadRecordException.class))
                    .get()
                    .extracting(Throwable::getMessage)
                    .asString()
                    .contains(": " + code + ": "));
  }

  @Test
  void dropsOversizedRows() throws Exception {
    TestTopic topic = BadRows.topic(kafka, COMPACTED);

    new BadRows(topic, "csv", "'on-error' = 'drop'").run();

    assertThat(numbers(topic)).containsExactlyElementsOf(allBut(TOO_LARGE, WITHOUT_KEY));
  }

  @Test
  void failsWithoutItsDeadLetterTopic() throws Exception {
    TestTopic topic = BadRows.topic(kafka, Map.of());
    String options =
        "'on-error' = 'dead-letter', 'dead-letter-topic' = 'not-there', 'kafka.max.block.ms' = '10000'";

    assertThatThrownBy(() -> new BadRows(topic, "json", options).withoutRestart().run())
        .hasStackTraceContaining("Topic not-there not present in metadata");
  }

  private static String deadLetter(TestTopic topic) {
    return "'on-error' = 'dead-letter', 'dead-letter-topic' = '%s'".formatted(topic.name());
  }

  private static HttpServer registry(AtomicInteger asked) throws Exception {
    HttpServer registry =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          byte[] answer = "{\"id\":7}".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    registry.start();
    return registry;
  }

  private static Map<String, ConsumerRecord<byte[], byte[]>> byCode(TestTopic deadLetters) {
    return deadLetters.settled().stream()
        .collect(toMap(record -> header(record, DeadLetter.CODE), record -> record));
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  /** Reads numbers from keys, because the format of values differs. */
  private static List<Long> numbers(TestTopic topic) {
    return topic.settled().stream()
        .map(record -> Long.valueOf(new String(record.key(), UTF_8)))
        .sorted()
        .toList();
  }

  private static List<Long> allBut(long... bad) {
    return LongStream.rangeClosed(1, ROWS)
        .filter(n -> LongStream.of(bad).noneMatch(number -> number == n))
        .boxed()
        .toList();
  }
}
