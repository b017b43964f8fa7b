package dev.outflow.kafka.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.OldKafka;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.FlinkTables;
import dev.outflow.kafka.error.DeadLetter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jobs on brokers before and after 2.1, the oldest that Kafka promises to support (KIP-896): with
 * transactions, headers, all codecs but zstd, and SASL.
 */
class OldBrokersITCase {
  private static final List<String> CODECS = List.of("none", "gzip", "snappy", "lz4");

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(4).build());

  @ParameterizedTest
  @ValueSource(strings = {"0.11.0.3", "1.1.1", "2.0.1", "2.4.1"})
  void writesAndReadsEachRecordOnceAcrossAFailure(String version) throws Exception {
    try (OldKafka kafka = OldKafka.start(version)) {
      TestTopic topic = kafka.topic(2);
      TestTopic deadLetters = kafka.topic(1);
      ExactlyOnceITCase.FailsOnce.FAILURES.set(0);

      new BadRows(
              topic,
              "json",
              "'on-error' = 'dead-letter', 'dead-letter-topic' = '%s', %s"
                  .formatted(deadLetters.name(), sasl(kafka)))
          .run();

      assertThat(ExactlyOnceITCase.FailsOnce.FAILURES).hasValue(1);
      assertThat(numbers(topic)).containsExactlyElementsOf(allButTheBadRow());
      assertThat(deadLetters.settled())
          .singleElement()
          .satisfies(
              record -> {
                assertThat(header(record, DeadLetter.COLUMN)).isEqualTo("tags");
                assertThat(header(record, DeadLetter.ALIAS)).isEqualTo("written");
              });

      Map<String, TestTopic> copies = new TreeMap<>();
      for (String codec : CODECS) {
        copies.put(codec, kafka.topic(1));
      }
      copy(kafka, topic, copies);

      assertThat(copies)
          .allSatisfy(
              (codec, copied) ->
                  assertThat(numbers(copied)).containsExactlyElementsOf(allButTheBadRow()));
    }
  }

  /** Reads a topic with a bounded job that writes it with each codec. */
  private static void copy(OldKafka kafka, TestTopic from, Map<String, TestTopic> to)
      throws Exception {
    StreamTableEnvironment tables = FlinkTables.create(1);
    tables.executeSql(
        "CREATE TEMPORARY TABLE numbers (n BIGINT) WITH ('connector' = 'kafka-input',"
            + " 'topic' = '%s', 'format' = 'json', 'start' = 'earliest', 'bounded' = 'true', %s)"
                .formatted(from.name(), sasl(kafka)));
    StatementSet all = tables.createStatementSet();
    to.forEach(
        (codec, topic) -> {
          tables.executeSql(
              "CREATE TEMPORARY TABLE `%s` (n BIGINT) WITH ('connector' = 'kafka-output',"
                      .formatted(codec)
                  + " 'topic' = '%s', 'format' = 'json', 'compression-type' = '%s', %s)"
                      .formatted(topic.name(), codec, sasl(kafka)));
          all.addInsert(codec, tables.from("numbers"));
        });
    all.execute().await(1, TimeUnit.MINUTES);
  }

  private static String sasl(OldKafka kafka) {
    return "'bootstrap-servers' = '%s', 'security-protocol' = 'sasl_plaintext', 'username' = '%s', 'password' = '%s'"
        .formatted(kafka.saslBootstrapServers(), OldKafka.USERNAME, OldKafka.PASSWORD);
  }

  private static List<Long> numbers(TestTopic topic) {
    return topic.settled().stream()
        .map(
            record -> new String(record.value(), UTF_8).replaceFirst("^\\{\"n\":(\\d+)\\b.*", "$1"))
        .map(Long::valueOf)
        .sorted()
        .toList();
  }

  private static List<Long> allButTheBadRow() {
    return LongStream.rangeClosed(1, BadRows.ROWS)
        .filter(number -> number != BadRows.UNWRITABLE)
        .boxed()
        .toList();
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
