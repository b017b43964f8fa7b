package dev.outflow.kafka.ordering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.option.InvalidOptionsException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records with given arrivals through a real broker, and what queries make of their times. */
@ExtendWith(KafkaExtension.class)
class OrderingITCase {
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberSlotsPerTaskManager(4)
              .setConfiguration(METRICS.addToConfiguration(new Configuration()))
              .build());

  private static final String GOLDEN =
      "'event-time.late' = '15 s', 'event-time.out-of-order' = '8 s'";
  private static final String COUNTS =
      "SELECT window_end, COUNT(*) AS records FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(t),"
          + " INTERVAL '1' MINUTE)) GROUP BY window_start, window_end";

  /** Kafka deletes what is older than a week. */
  private final Instant yesterday =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(1, ChronoUnit.DAYS);

  private final EmbeddedKafka kafka;
  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
  private StreamTableEnvironment tables;
  private TestTopic topic;
  private JobID job;

  OrderingITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @BeforeEach
  void createTables() {
    Configuration options = new Configuration();
    options.setString("execution.checkpointing.interval", "200 ms");
    options.setString("pipeline.auto-watermark-interval", "1 ms");
    options.setString("parallelism.default", "1");
    options.setString("pipeline.name", "ordering");
    options.setString("table.local-time-zone", "UTC");
    tables =
        StreamTableEnvironment.create(StreamExecutionEnvironment.getExecutionEnvironment(options));
  }

  @Test
  void theExampleOfAzureStreamAnalyticsGivesItsTimes() throws Exception {
    topic = TestTopic.create(kafka, 1);
    sendTheExample();
    createEvents("'bounded' = 'true', " + GOLDEN);
    assertThat(rows("SELECT sent, t FROM events"))
        .containsExactly(
            times("00:10:00", "00:10:25"),
            times("00:10:30", "00:10:30"),
            times("00:10:42", "00:10:42"),
            times("00:10:38", "00:10:38"),
            times("00:10:35", "00:10:37"));
    assertThat(counted("LateInputEvent")).isEqualTo(1);
    assertThat(counted("OutOfOrderEvent")).isEqualTo(1);
    assertThat(counted("EarlyInputEvent")).isZero();
  }

  @Test
  void whatIsAdjustedCanBeDroppedInstead() throws Exception {
    topic = TestTopic.create(kafka, 1);
    sendTheExample();
    createEvents("'bounded' = 'true', 'event-time.policy' = 'drop', " + GOLDEN);
    assertThat(rows("SELECT sent, t FROM events"))
        .containsExactly(
            times("00:10:30", "00:10:30"),
            times("00:10:42", "00:10:42"),
            times("00:10:38", "00:10:38"));
  }

  @Test
  void windowsLoseNothingOfAGreatDisorder() throws Exception {
    topic = TestTopic.create(kafka, 3);
    Random random = new Random(8);
    int all = 30_000;
    for (int n = 0; n < all; n++) {
      Instant arrival = time("00:10:00").plusMillis(100L * n);
      send(n % 3, arrival.minusMillis(random.nextInt(100_000)), arrival);
    }
    flush();
    createEvents("'bounded' = 'true', " + GOLDEN);
    assertThat(total(rows(COUNTS))).isEqualTo(all);

    tables.executeSql("DROP TEMPORARY TABLE events");
    createEvents("'bounded' = 'true', 'event-time.policy' = 'drop', " + GOLDEN);
    long kept = total(rows(COUNTS));
    long dropped = counted("LateInputEvent") + counted("OutOfOrderEvent");
    assertThat(kept).isBetween(1L, all - 1L);
    assertThat(kept + dropped).isEqualTo(all);
  }

  @Test
  void anIdlePartitionDoesNotHoldTimeBackAndLosesNothingWhenItGoesOn() throws Exception {
    topic = TestTopic.create(kafka, 2);
    createEvents("'event-time.idle-after' = '300 ms', 'event-time.out-of-order' = '8 s'");
    TestTopic counts = TestTopic.create(kafka, 1);
    TableResult running =
        countInto(counts, "COUNT(*) FILTER (WHERE SECOND(CAST(sent AS TIMESTAMP(3))) = 30)");
    try {
      send(0, time("00:10:00"), time("00:10:00"));
      send(0, time("00:12:00"), time("00:12:00"));
      flush();
      await().atMost(LONG).untilAsserted(() -> assertThat(texts(counts)).containsExactly("0"));

      send(1, time("00:10:30"), time("00:12:01")); // Its window has ended.
      AtomicInteger minute = new AtomicInteger(12);
      await()
          .atMost(LONG)
          .until(
              () -> {
                Instant later = time("00:00:00").plus(minute.incrementAndGet(), ChronoUnit.MINUTES);
                send(0, later, later);
                send(1, later, later);
                flush();
                return texts(counts).contains("1");
              });
    } finally {
      running.getJobClient().orElseThrow().cancel().get();
    }
  }

  @Test
  void anIdlePartitionDoesNotHoldFlinksOwnWatermarksBackEither() throws Exception {
    topic = TestTopic.create(kafka, 2);
    tables.executeSql(
        "CREATE TEMPORARY TABLE events (t TIMESTAMP_LTZ(3), WATERMARK FOR t AS t) WITH ("
            + "'connector' = 'kafka-input', 'start' = 'earliest', 'format' = 'json',"
            + " 'event-time.idle-after' = '300 ms', "
            + connection(topic)
            + ")");
    TestTopic counts = TestTopic.create(kafka, 1);
    TableResult running = countInto(counts, "COUNT(*)");
    try {
      send(0, time("00:10:00"), time("00:10:00"));
      send(0, time("00:12:00"), time("00:12:00"));
      flush();
      await().atMost(LONG).untilAsserted(() -> assertThat(texts(counts)).containsExactly("1"));
    } finally {
      running.getJobClient().orElseThrow().cancel().get();
    }
  }

  @Test
  void aJobThatFailedGoesOnWithTheClockOfItsCheckpoint() throws Exception {
    topic = TestTopic.create(kafka, 1);
    TestTopic times = TestTopic.create(kafka, 1);
    TestTopic counts = TestTopic.create(kafka, 1);
    FailsOnce.FAILURES.set(0);
    tables.createTemporarySystemFunction("fails_once", FailsOnce.class);
    createEvents(GOLDEN.replace("15 s", "90 s"));
    tables.executeSql(output("times", "sent TIMESTAMP_LTZ(3), t TIMESTAMP_LTZ(3)", times));
    tables.executeSql(output("counts", "window_end TIMESTAMP(3), records BIGINT", counts));
    StatementSet job = tables.createStatementSet();
    job.addInsertSql("INSERT INTO times SELECT fails_once(sent), t FROM events");
    job.addInsertSql("INSERT INTO counts " + COUNTS);
    TableResult result = job.execute();
    try {
      send(0, time("00:10:42"), time("00:10:42"));
      flush();
      await()
          .atMost(LONG)
          .until(() -> !times.committed().isEmpty()); // So a checkpoint has the clock.
      send(0, time("00:10:00"), time("00:10:45"));
      send(0, time("00:12:30"), time("00:12:30"));
      flush();
      await()
          .atMost(LONG)
          .until(() -> counts.committed().size() == 1 && times.committed().size() == 3);
    } finally {
      result.getJobClient().orElseThrow().cancel().get();
    }
    assertThat(FailsOnce.FAILURES).hasValue(1);
    assertThat(texts(times))
        .containsExactly(
            json("00:10:42", "00:10:42"),
            json("00:10:00", "00:10:37"),
            json("00:12:30", "00:12:30"));
    assertThat(texts(counts))
        .containsExactly(
            "{\"window_end\":\"%s\",\"records\":2}"
                .formatted(time("00:11:00").toString().replace("Z", "")));
  }

  @Test
  void aTableThatCannotBeOrderedSaysWhy() {
    topic = new TestTopic(kafka, "none", 1);
    assertRefused("t TIMESTAMP_LTZ(3), WATERMARK FOR t AS t", "AS SOURCE_WATERMARK() only");
    assertRefused(
        "n BIGINT, t AS TO_TIMESTAMP_LTZ(n, 3), WATERMARK FOR t AS SOURCE_WATERMARK()",
        "'t' is computed");
    assertRefused(
        "t TIMESTAMP_LTZ(3) METADATA FROM 'original-event-time'",
        "only where event time is adjusted");
  }

  private void assertRefused(String columns, String reason) {
    String ordering = columns.contains("METADATA") ? "" : "'event-time.late' = '15 s', ";
    tables.executeSql(
        "CREATE TEMPORARY TABLE refused (%s) WITH ('connector' = 'kafka-input', 'format' = 'json', %s%s)"
            .formatted(columns, ordering, connection(topic)));
    assertThatThrownBy(() -> tables.from("refused").explain())
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining(reason);
    tables.executeSql("DROP TEMPORARY TABLE refused");
  }

  private TableResult countInto(TestTopic counts, String aggregate) {
    tables.executeSql(output("counts", "records BIGINT", counts).replace("'json'", "'csv'"));
    return tables.executeSql(
        "INSERT INTO counts SELECT records FROM (" + COUNTS.replace("COUNT(*)", aggregate) + ")");
  }

  private void sendTheExample() throws Exception {
    send(0, time("00:10:00"), time("00:10:40"));
    send(0, time("00:10:30"), time("00:10:41"));
    send(0, time("00:10:42"), time("00:10:42"));
    send(0, time("00:10:38"), time("00:10:43"));
    send(0, time("00:10:35"), time("00:10:45"));
    flush();
  }

  private void createEvents(String options) {
    tables.executeSql(
        "CREATE TEMPORARY TABLE events (t TIMESTAMP_LTZ(3), sent TIMESTAMP_LTZ(3) METADATA FROM"
            + " 'original-event-time', WATERMARK FOR t AS SOURCE_WATERMARK()) WITH ("
            + "'connector' = 'kafka-input', 'start' = 'earliest', 'format' = 'json', %s, %s)"
                .formatted(options, connection(topic)));
  }

  private static String output(String table, String columns, TestTopic topic) {
    return "CREATE TEMPORARY TABLE %s (%s) WITH ('connector' = 'kafka-output', 'format' = 'json', %s)"
        .formatted(table, columns, connection(topic));
  }

  private static String connection(TestTopic topic) {
    return "'bootstrap-servers' = '%s', 'topic' = '%s'"
        .formatted(topic.kafka().bootstrapServers(), topic.name());
  }

  private void send(int partition, Instant event, Instant arrival) {
    byte[] value = "{\"t\": \"%s\"}".formatted(event).getBytes(UTF_8);
    records.add(new ProducerRecord<>(topic.name(), partition, arrival.toEpochMilli(), null, value));
  }

  private void flush() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
      for (Future<RecordMetadata> each : sent) {
        each.get(10, TimeUnit.SECONDS);
      }
    }
    records.clear();
  }

  private List<Row> rows(String query) throws Exception {
    List<Row> rows = new ArrayList<>();
    TableResult result = tables.executeSql(query);
    job = result.getJobClient().orElseThrow().getJobID();
    try (CloseableIterator<Row> read = result.collect()) {
      read.forEachRemaining(rows::add);
    }
    return rows;
  }

  private static long total(List<Row> counts) {
    return counts.stream().mapToLong(row -> (long) row.getField("records")).sum();
  }

  /** By the last job whose rows were read. */
  private long counted(String code) {
    return METRICS.findMetrics(job, code + ".*untimely-records").entrySet().stream()
        .mapToLong(metric -> count(metric.getValue()))
        .sum();
  }

  private static long count(Metric metric) {
    return ((Counter) metric).getCount();
  }

  private static List<String> texts(TestTopic topic) {
    return topic.committed().stream().map(record -> new String(record.value(), UTF_8)).toList();
  }

  private String json(String event, String result) {
    return "{\"sent\":\"%s\",\"t\":\"%s\"}".formatted(time(event), time(result));
  }

  private Row times(String event, String result) {
    return Row.of(time(event), time(result));
  }

  private Instant time(String time) {
    return yesterday.plusNanos(LocalTime.parse(time).toNanoOfDay());
  }

  /** Makes the job fail at the first event of ten past midnight. */
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
