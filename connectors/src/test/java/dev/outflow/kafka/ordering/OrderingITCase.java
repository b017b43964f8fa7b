package dev.outflow.kafka.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.option.InvalidOptionsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Orders records with fixed arrival times, read from a real broker. */
@ExtendWith(KafkaExtension.class)
class OrderingITCase {
  private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberSlotsPerTaskManager(4)
              .setConfiguration(METRICS.addToConfiguration(new Configuration()))
              .build());

  private static final String BOUNDS =
      "'event-time.late' = '15 s', 'event-time.out-of-order' = '8 s'";
  private final EmbeddedKafka kafka;
  private StreamTableEnvironment tables;
  private EventTopic events;
  private JobID job;

  OrderingITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @BeforeEach
  void createTables() {
    tables = EventTopic.tables();
  }

  @Test
  void reproducesTheExampleInAzureStreamAnalyticsDocumentation() throws Exception {
    events = EventTopic.create(kafka, 1);
    sendDocumentedExample();
    events.createTable(tables, "'bounded' = 'true', " + BOUNDS);
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
  void dropPolicyDropsTheRecordsThatAdjustWouldAdjust() throws Exception {
    events = EventTopic.create(kafka, 1);
    sendDocumentedExample();
    events.createTable(tables, "'bounded' = 'true', 'event-time.policy' = 'drop', " + BOUNDS);
    assertThat(rows("SELECT sent, t FROM events"))
        .containsExactly(
            times("00:10:30", "00:10:30"),
            times("00:10:42", "00:10:42"),
            times("00:10:38", "00:10:38"));
  }

  @Test
  void earlyEventIsAdjustedToFiveMinutesAheadOfArrivalOrDropped() throws Exception {
    events = EventTopic.create(kafka, 1);
    events.send(0, events.time("00:20:00"), events.time("00:10:00"));
    events.flush();
    events.createTable(tables, "'bounded' = 'true', " + BOUNDS);
    assertThat(rows("SELECT sent, t FROM events")).containsExactly(times("00:20:00", "00:15:00"));
    assertThat(counted("EarlyInputEvent")).isEqualTo(1);

    tables.executeSql("DROP TEMPORARY TABLE events");
    events.createTable(tables, "'bounded' = 'true', 'event-time.policy' = 'drop', " + BOUNDS);
    assertThat(rows("SELECT sent, t FROM events")).isEmpty();
    assertThat(counted("EarlyInputEvent")).isEqualTo(1);
  }

  @Test
  void windowsLoseNoRecordsWhenEventsAreFarOutOfOrder() throws Exception {
    events = EventTopic.create(kafka, 3);
    Random random = new Random(8);
    int all = 30_000;
    for (int n = 0; n < all; n++) {
      Instant arrival = events.time("00:10:00").plusMillis(100L * n);
      events.send(n % 3, arrival.minusMillis(random.nextInt(100_000)), arrival);
    }
    events.flush();
    events.createTable(tables, "'bounded' = 'true', " + BOUNDS);
    assertThat(total(rows(EventTopic.COUNTS))).isEqualTo(all);

    tables.executeSql("DROP TEMPORARY TABLE events");
    events.createTable(tables, "'bounded' = 'true', 'event-time.policy' = 'drop', " + BOUNDS);
    long kept = total(rows(EventTopic.COUNTS));
    long dropped = counted("LateInputEvent") + counted("OutOfOrderEvent");
    assertThat(kept).isBetween(1L, all - 1L);
    assertThat(kept + dropped).isEqualTo(all);
  }

  @Test
  void rejectsTablesThatCannotBeOrdered() {
    events = new EventTopic(new TestTopic(kafka, "none", 1));
    assertRejected(
        "t TIMESTAMP_LTZ(3), WATERMARK FOR t AS t", "have no effect without WATERMARK FOR");
    assertRejected(
        "n BIGINT, t AS TO_TIMESTAMP_LTZ(n, 3), WATERMARK FOR t AS SOURCE_WATERMARK()",
        "'t' is a computed column");
    assertRejected(
        "t TIMESTAMP_LTZ(3) METADATA FROM 'original-event-time'",
        "is only available if event ordering is configured");
  }

  private void assertRejected(String columns, String reason) {
    String ordering = columns.contains("METADATA") ? "" : "'event-time.late' = '15 s', ";
    tables.executeSql(
        "CREATE TEMPORARY TABLE rejected (%s) WITH ('connector' = 'kafka-input', 'format' = 'json', %s%s)"
            .formatted(columns, ordering, events.connection()));
    assertThatThrownBy(() -> tables.from("rejected").explain())
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining(reason);
    tables.executeSql("DROP TEMPORARY TABLE rejected");
  }

  private void sendDocumentedExample() throws Exception {
    events.send(0, events.time("00:10:00"), events.time("00:10:40"));
    events.send(0, events.time("00:10:30"), events.time("00:10:41"));
    events.send(0, events.time("00:10:42"), events.time("00:10:42"));
    events.send(0, events.time("00:10:38"), events.time("00:10:43"));
    events.send(0, events.time("00:10:35"), events.time("00:10:45"));
    events.flush();
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

  /** The metric's value in the last job whose rows were read. */
  private long counted(String code) {
    return METRICS.findMetrics(job, code + ".*adjusted-or-dropped-records").entrySet().stream()
        .mapToLong(metric -> count(metric.getValue()))
        .sum();
  }

  private static long count(Metric metric) {
    return ((Counter) metric).getCount();
  }

  private Row times(String event, String result) {
    return Row.of(events.time(event), events.time(result));
  }
}
