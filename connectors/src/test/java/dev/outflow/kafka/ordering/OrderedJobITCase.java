package dev.outflow.kafka.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Event ordering in a running job: idle partitions and a restart. */
@ExtendWith(KafkaExtension.class)
class OrderedJobITCase {
  private static final Duration LONG = Duration.ofSeconds(40);

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(4).build());

  private final EmbeddedKafka kafka;
  private StreamTableEnvironment tables;
  private EventTopic events;

  OrderedJobITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @BeforeEach
  void createTables() {
    tables = EventTopic.tables();
  }

  @Test
  void idlePartitionDoesNotHoldBackTheWatermarkAndLosesNoRecordsWhenItResumes() throws Exception {
    events = EventTopic.create(kafka, 2);
    events.createTable(
        tables, "'event-time.idle-after' = '300 ms', 'event-time.out-of-order' = '8 s'");
    TestTopic counts = TestTopic.create(kafka, 1);
    TableResult running =
        countInto(counts, "COUNT(*) FILTER (WHERE SECOND(CAST(sent AS TIMESTAMP(3))) = 30)");
    try {
      events.send(0, events.time("00:10:00"), events.time("00:10:00"));
      events.send(0, events.time("00:12:00"), events.time("00:12:00"));
      events.flush();
      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(EventTopic.texts(counts)).containsExactly("0"));

      events.send(1, events.time("00:10:30"), events.time("00:12:01")); // Its window has closed.
      AtomicInteger minute = new AtomicInteger(12);
      await()
          .atMost(LONG)
          .until(
              () -> {
                Instant later =
                    events.time("00:00:00").plus(minute.incrementAndGet(), ChronoUnit.MINUTES);
                events.send(0, later, later);
                events.send(1, later, later);
                events.flush();
                return EventTopic.texts(counts).contains("1");
              });
    } finally {
      running.getJobClient().orElseThrow().cancel().get();
    }
  }

  @Test
  void idlePartitionDoesNotHoldBackFlinksOwnWatermarksEither() throws Exception {
    events = EventTopic.create(kafka, 2);
    tables.executeSql(
        "CREATE TEMPORARY TABLE events (t TIMESTAMP_LTZ(3), WATERMARK FOR t AS t) WITH ("
            + "'connector' = 'kafka-input', 'start' = 'earliest', 'format' = 'json',"
            + " 'event-time.idle-after' = '300 ms', "
            + events.connection()
            + ")");
    TestTopic counts = TestTopic.create(kafka, 1);
    TableResult running = countInto(counts, "COUNT(*)");
    try {
      events.send(0, events.time("00:10:00"), events.time("00:10:00"));
      events.send(0, events.time("00:12:00"), events.time("00:12:00"));
      events.flush();
      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(EventTopic.texts(counts)).containsExactly("1"));
    } finally {
      running.getJobClient().orElseThrow().cancel().get();
    }
  }

  @Test
  void restartedJobContinuesWithTheClockOfItsCheckpoint() throws Exception {
    events = EventTopic.create(kafka, 1);
    TestTopic times = TestTopic.create(kafka, 1);
    TestTopic counts = TestTopic.create(kafka, 1);
    FailsOnce.FAILURES.set(0);
    tables.createTemporarySystemFunction("fails_once", FailsOnce.class);
    events.createTable(tables, "'event-time.late' = '90 s', 'event-time.out-of-order' = '8 s'");
    tables.executeSql(
        EventTopic.output("times", "sent TIMESTAMP_LTZ(3), t TIMESTAMP_LTZ(3)", times));
    tables.executeSql(
        EventTopic.output("counts", "window_end TIMESTAMP(3), records BIGINT", counts));
    StatementSet job = tables.createStatementSet();
    job.addInsertSql("INSERT INTO times SELECT fails_once(sent), t FROM events");
    job.addInsertSql("INSERT INTO counts " + EventTopic.COUNTS);
    TableResult result = job.execute();
    try {
      events.send(0, events.time("00:10:42"), events.time("00:10:42"));
      events.flush();
      await()
          .atMost(LONG)
          .until(() -> !times.committed().isEmpty()); // So a checkpoint contains the clock.
      events.send(0, events.time("00:10:00"), events.time("00:10:45"));
      events.send(0, events.time("00:12:30"), events.time("00:12:30"));
      events.flush();
      await()
          .atMost(LONG)
          .until(() -> counts.committed().size() == 1 && times.committed().size() == 3);
    } finally {
      result.getJobClient().orElseThrow().cancel().get();
    }
    assertThat(FailsOnce.FAILURES).hasValue(1);
    assertThat(EventTopic.texts(times))
        .containsExactly(
            json("00:10:42", "00:10:42"),
            json("00:10:00", "00:10:37"),
            json("00:12:30", "00:12:30"));
    assertThat(EventTopic.texts(counts))
        .containsExactly(
            "{\"window_end\":\"%s\",\"records\":2}"
                .formatted(events.time("00:11:00").toString().replace("Z", "")));
  }

  private TableResult countInto(TestTopic counts, String aggregate) {
    tables.executeSql(
        EventTopic.output("counts", "records BIGINT", counts).replace("'json'", "'csv'"));
    return tables.executeSql(
        "INSERT INTO counts SELECT records FROM ("
            + EventTopic.COUNTS.replace("COUNT(*)", aggregate)
            + ")");
  }

  private String json(String event, String result) {
    return "{\"sent\":\"%s\",\"t\":\"%s\"}".formatted(events.time(event), events.time(result));
  }

  /** Fails the job once, at an event of ten past midnight. */
  public static final class FailsOnce extends ScalarFunction {
    static final AtomicInteger FAILURES = new AtomicInteger();
    private static final LocalTime AT = LocalTime.of(0, 10);

    @FunctionHint(
        input = @DataTypeHint("TIMESTAMP_LTZ(3)"),
        output = @DataTypeHint("TIMESTAMP_LTZ(3)"))
    public Instant eval(Instant time) {
      if (time.atOffset(ZoneOffset.UTC).toLocalTime().equals(AT) && FAILURES.compareAndSet(0, 1)) {
        throw new IllegalStateException("fails once");
      }
      return time;
    }
  }
}
