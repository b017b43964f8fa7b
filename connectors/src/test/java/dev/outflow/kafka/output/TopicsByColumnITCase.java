package dev.outflow.kafka.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.FlinkTables;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An output that writes each row to the topic that a column names. */
@ExtendWith(KafkaExtension.class)
class TopicsByColumnITCase {
  private static final int RECORDS = 6_000;

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(4).build());

  private final EmbeddedKafka kafka;

  TopicsByColumnITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void deliversEachRecordOnceToItsTopicWhenATaskFailsBetweenCheckpoints() throws Exception {
    TestTopic even = TestTopic.create(kafka, 3);
    TestTopic odd = TestTopic.create(kafka, 2);
    StreamTableEnvironment tables = FlinkTables.create(2);
    tables.createTemporarySystemFunction("fails_once", FailsOnce.class);
    tables.executeSql(
        "CREATE TEMPORARY TABLE generated (n BIGINT) WITH ('connector' = 'datagen',"
            + " 'rows-per-second' = '3000', 'fields.n.kind' = 'sequence',"
            + " 'fields.n.start' = '1', 'fields.n.end' = '%d')".formatted(RECORDS));
    tables.executeSql(create("n BIGINT, target STRING", even, odd, ""));
    FailsOnce.FAILURES.set(0);
    FlinkTables.insert(
        tables.sqlQuery(
            "SELECT fails_once(n) AS n, IF(MOD(n, 2) = 0, '%s', '%s') AS target FROM generated"
                .formatted(even.name(), odd.name())),
        "written");

    assertThat(FailsOnce.FAILURES).hasValue(1);
    assertThat(numbers(even)).containsExactlyElementsOf(numbers(n -> n % 2 == 0));
    assertThat(numbers(odd)).containsExactlyElementsOf(numbers(n -> n % 2 == 1));
  }

  @Test
  void keepsRowsWithoutAnAllowedTopicAsDeadLetters() throws Exception {
    TestTopic first = TestTopic.create(kafka, 1);
    TestTopic second = TestTopic.create(kafka, 1);
    TestTopic other = TestTopic.create(kafka, 1);
    TestTopic rejected = TestTopic.create(kafka, 1);
    StreamTableEnvironment tables = FlinkTables.create(1);
    tables.executeSql(
        create(
            "n BIGINT, target STRING",
            first,
            second,
            ", 'on-error' = 'dead-letter', 'dead-letter-topic' = '%s'".formatted(rejected.name())));
    FlinkTables.insert(
        tables.sqlQuery(
            "SELECT * FROM (VALUES (CAST(1 AS BIGINT), '%s'), (2, '%s'), (3, CAST(NULL AS STRING)), (4, '%s')) AS t(n, target)"
                .formatted(first.name(), other.name(), second.name())),
        "written");

    assertThat(numbers(first)).containsExactly(1L);
    assertThat(numbers(second)).containsExactly(4L);
    assertThat(other.settled()).isEmpty();
    assertThat(rejected.settled())
        .extracting(record -> text(record.headers().lastHeader(HEADER_MESSAGE)))
        .containsExactlyInAnyOrder(
            "names a topic that is not in 'topic.allowed' (%s, %s); add it there, or change the query"
                .formatted(first.name(), second.name()),
            "is null, but names the topic of the record; set it in the query");
  }

  private static final String HEADER_MESSAGE = "outflow-message";

  @Test
  void rejectsAListOfAllowedTopicsThatIsEmptyOrMissing() {
    StreamTableEnvironment tables = FlinkTables.create(1);
    for (Map.Entry<String, String> mistake :
        Map.of(
                "'topic.from' = 'target', 'topic.allowed' = ''",
                "topic.allowed: is empty; set a value or remove it",
                "'topic.from' = 'target'",
                "topic.allowed: is required with topic.from; list the topics that can be written to, e.g. [orders, returns]",
                "'topic' = 'a', 'topic.allowed' = 'a'",
                "topic.allowed: has no effect without topic.from; remove it or set topic.from",
                "'topic' = 'a', 'topic.from' = 'target', 'topic.allowed' = 'a'",
                "topic.from: conflicts with 'topic'; keep one")
            .entrySet()) {
      tables.executeSql("DROP TEMPORARY TABLE IF EXISTS written");
      tables.executeSql(
          "CREATE TEMPORARY TABLE written (target STRING) WITH ('connector' = 'kafka-output', 'bootstrap-servers' = 'localhost:1', 'format' = 'csv', %s)"
              .formatted(mistake.getKey()));
      assertThatThrownBy(() -> tables.explainSql("INSERT INTO written SELECT 'a'"))
          .hasRootCauseMessage(mistake.getValue());
    }
  }

  private String create(String columns, TestTopic first, TestTopic second, String options) {
    return """
        CREATE TEMPORARY TABLE written (%s) WITH (
          'connector' = 'kafka-output', 'bootstrap-servers' = '%s', 'format' = 'csv',
          'topic.from' = 'target', 'topic.allowed' = '%s;%s', 'exclude-from-value' = 'target'%s)"""
        .formatted(columns, kafka.bootstrapServers(), first.name(), second.name(), options);
  }

  private static List<Long> numbers(TestTopic topic) {
    return topic.settled().stream()
        .map(record -> Long.valueOf(new String(record.value(), UTF_8)))
        .sorted()
        .toList();
  }

  private static List<Long> numbers(LongPredicate included) {
    return LongStream.rangeClosed(1, RECORDS).filter(included).boxed().toList();
  }

  private static String text(Header header) {
    return new String(header.value(), UTF_8);
  }

  /** Returns its argument; the first number in the second half fails the job, once. */
  public static final class FailsOnce extends ScalarFunction {
    static final AtomicInteger FAILURES = new AtomicInteger();

    public Long eval(Long number) {
      if (number > RECORDS / 2 && FAILURES.compareAndSet(0, 1)) {
        throw new IllegalStateException("fails once, at " + number);
      }
      return number;
    }
  }
}
