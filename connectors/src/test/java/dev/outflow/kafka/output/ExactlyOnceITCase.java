package dev.outflow.kafka.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.FlinkTables;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sends numbered records through a job that fails once: each arrives exactly once. */
@ExtendWith(KafkaExtension.class)
class ExactlyOnceITCase {
  private static final int RECORDS = 10_000;
  private static final int RECORDS_PER_SECOND = 2_500;

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(4).build());

  private final EmbeddedKafka kafka;

  ExactlyOnceITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void deliversEachRecordOnceWhenTheJobFailsBetweenCheckpoints() throws Exception {
    TestTopic topic = TestTopic.create(kafka, 3);
    StreamTableEnvironment tables = FlinkTables.create(2);
    tables.createTemporarySystemFunction("fails_once", FailsOnce.class);
    tables.executeSql(generated());
    tables.executeSql(output("numbers", topic));
    FailsOnce.FAILURES.set(0);

    FlinkTables.insert(tables.sqlQuery("SELECT fails_once(n) AS n FROM generated"), "numbers");

    assertThat(FailsOnce.FAILURES).hasValue(1);
    assertThat(numbers(topic)).containsExactlyElementsOf(allNumbers());
    assertThat(transactionMarkers(topic)).as("several checkpoints, not one").isGreaterThan(3);

    TestTopic copied = TestTopic.create(kafka, 2);
    copy(topic, copied);
    assertThat(numbers(copied)).containsExactlyElementsOf(allNumbers());
  }

  /** Copies a topic with a bounded job. */
  private static void copy(TestTopic from, TestTopic to) throws Exception {
    StreamTableEnvironment tables = FlinkTables.create(2);
    tables.executeSql(input("numbers", from));
    tables.executeSql(output("copies", to));
    FlinkTables.insert(tables.from("numbers"), "copies");
  }

  private static String generated() {
    return "CREATE TEMPORARY TABLE generated (n BIGINT) WITH ('connector' = 'datagen',"
        + " 'rows-per-second' = '%d', 'fields.n.kind' = 'sequence',".formatted(RECORDS_PER_SECOND)
        + " 'fields.n.start' = '1', 'fields.n.end' = '%d')".formatted(RECORDS);
  }

  /** Counts offsets without records, each the commit or abort marker of a transaction. */
  private static long transactionMarkers(TestTopic topic) {
    return topic.settled().stream()
            .filter(record -> record.partition() == 0)
            .mapToLong(ConsumerRecord::offset)
            .max()
            .orElseThrow()
        + 1
        - topic.settled().stream().filter(record -> record.partition() == 0).count();
  }

  private static String input(String table, TestTopic topic) {
    return ("CREATE TEMPORARY TABLE %s (n BIGINT) WITH ('connector' = 'kafka-input', 'bounded' ="
            + " 'true', 'start' = 'earliest', %s)")
        .formatted(table, connection(topic));
  }

  private static String output(String table, TestTopic topic) {
    return "CREATE TEMPORARY TABLE %s (n BIGINT) WITH ('connector' = 'kafka-output', %s)"
        .formatted(table, connection(topic));
  }

  private static String connection(TestTopic topic) {
    return "'bootstrap-servers' = '%s', 'topic' = '%s', 'format' = 'csv'"
        .formatted(topic.kafka().bootstrapServers(), topic.name());
  }

  private static List<Long> numbers(TestTopic topic) {
    return topic.settled().stream()
        .map(record -> Long.valueOf(new String(record.value(), UTF_8)))
        .sorted()
        .toList();
  }

  private static List<Long> allNumbers() {
    return LongStream.rangeClosed(1, RECORDS).boxed().toList();
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
