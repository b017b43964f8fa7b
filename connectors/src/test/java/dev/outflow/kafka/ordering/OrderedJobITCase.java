package dev.outflow.kafka.ordering;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Event ordering in a running job: idle partitions, silence and a restart. */
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
    // The records arrived yesterday; silence would advance to today.
    events.createTable(
        tables,
        "'event-time.late' = '90 s', 'event-time.out-of-order' = '8 s',"
            + " 'event-time.idle-advance' = 'false'");
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

  /**
   * Nothing follows the records. The input has a partition without any record; the records of the
   * second window end with the marker of a transaction; at those of the third, the job fails and
   * reads them again from its checkpoint.
   */
  @Test
  void lastWindowOfASilentInputClosesInTime() throws Exception {
    Duration late = Duration.ofSeconds(2);
    Duration outOfOrder = Duration.ofSeconds(1);
    TestTopic input = TestTopic.create(kafka, 2, Map.of("message.timestamp.type", "LogAppendTime"));
    events = new EventTopic(input);
    TestTopic ordered = TestTopic.create(kafka, 1);
    TestTopic plain = TestTopic.create(kafka, 1);
    createSilent(
        "ordered_events",
        "SOURCE_WATERMARK()",
        "'start' = 'earliest', 'event-time.late' = '2 s', 'event-time.out-of-order' = '1 s'");
    createSilent(
        "plain_events",
        "t - INTERVAL '1' SECOND",
        "'start' = 'committed', 'event-time.idle-after' = '2 s', 'event-time.idle-advance' = 'true'");
    tables.createTemporarySystemFunction("fails_if_asked", FailsIfAsked.class);
    StatementSet job = tables.createStatementSet();
    job.addInsertSql(countSeconds("ordered_events", "ordered_counts", ordered));
    job.addInsertSql(countSeconds("plain_events", "plain_counts", plain));
    TableResult running = job.execute();
    try {
      Instant first = sendFive(input, false);
      awaitRows(ordered, 1);
      awaitRows(plain, 1);

      Instant second = sendFive(input, true);
      Instant end = second.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
      awaitRows(ordered, 2);
      Duration after = Duration.between(end, Instant.now());
      awaitRows(plain, 2);

      assertThat(after)
          .as("after the end of the window")
          .isBetween(late, late.plus(outOfOrder).plusSeconds(10));

      FailsIfAsked.ASKED.set(true);
      Instant third = sendFive(input, false);
      List<String> expected = List.of(five(first), five(second), five(third));
      await()
          .atMost(LONG)
          .untilAsserted(
              () -> {
                assertThat(EventTopic.texts(ordered)).containsAll(expected);
                assertThat(EventTopic.texts(plain)).containsAll(expected);
              });
      assertThat(FailsIfAsked.ASKED).as("has failed").isFalse();
      assertThat(EventTopic.texts(ordered)).isSubsetOf(expected);
    } finally {
      running.getJobClient().orElseThrow().cancel().get();
    }
  }

  private static void awaitRows(TestTopic topic, int rows) {
    await().atMost(LONG).untilAsserted(() -> assertThat(EventTopic.texts(topic)).hasSize(rows));
  }

  private void createSilent(String table, String watermark, String options) {
    tables.executeSql(
        "CREATE TEMPORARY TABLE %s (t TIMESTAMP_LTZ(3), WATERMARK FOR t AS %s) WITH ('connector' = 'kafka-input', 'format' = 'json', %s, %s)"
            .formatted(table, watermark, options, events.connection()));
  }

  private String countSeconds(String from, String into, TestTopic counts) {
    tables.executeSql(
        EventTopic.output(into, "window_end TIMESTAMP(3), records BIGINT", counts)
            .replace("'json'", "'json', 'delivery-guarantee' = 'at-least-once'"));
    return "INSERT INTO %s SELECT window_end, COUNT(*) FROM TABLE(TUMBLE(TABLE %s, DESCRIPTOR(t), INTERVAL '1' SECOND)) WHERE fails_if_asked(t) GROUP BY window_start, window_end"
        .formatted(into, from);
  }

  /** Sends to the first partition only; returns the time of the five events. */
  private static Instant sendFive(TestTopic topic, boolean inTransaction) throws Exception {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", topic.kafka().bootstrapServers());
    if (inTransaction) {
      settings.put("transactional.id", topic.name());
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      if (inTransaction) {
        producer.initTransactions();
        producer.beginTransaction();
      }
      producer.partitionsFor(topic.name()); // Connects, so that the events arrive in time.
      Instant event = Instant.now();
      byte[] value = "{\"t\": \"%s\"}".formatted(event).getBytes(UTF_8);
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        sent.add(producer.send(new ProducerRecord<>(topic.name(), 0, null, value)));
      }
      for (Future<RecordMetadata> record : sent) {
        record.get();
      }
      if (inTransaction) {
        producer.commitTransaction();
      }
      return event;
    }
  }

  private static String five(Instant event) {
    Instant end = event.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    return "{\"window_end\":\"%s\",\"records\":5}".formatted(end.toString().replace("Z", ""));
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

  /** Fails the job once when it is asked to; is always true. */
  public static final class FailsIfAsked extends ScalarFunction {
    static final AtomicBoolean ASKED = new AtomicBoolean();

    public boolean eval(@DataTypeHint("TIMESTAMP_LTZ(3)") Instant time) {
      if (ASKED.compareAndSet(true, false)) {
        throw new IllegalStateException("fails once");
      }
      return true;
    }

    @Override
    public boolean isDeterministic() {
      return false;
    }
  }
}
