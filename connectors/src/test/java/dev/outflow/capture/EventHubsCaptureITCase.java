package dev.outflow.capture;

import static dev.outflow.capture.CapturedFiles.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outflow.kafka.FlinkTables;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EventHubsCaptureITCase {
  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(2).build());

  @TempDir private Path folder;

  @Test
  void readsEventsWithTheMetadataOfAKafkaInput() throws Exception {
    CapturedFiles files = new CapturedFiles(folder);
    files.write(0, "2026/11/24/10/05/00"); // Without events.
    files.write(
        3,
        "2026/11/24/10/05/02",
        event(
            41,
            "11/24/2026 12:05:01 AM",
            "{\"n\": 1}",
            Map.of("x-opt-partition-key", "device-1"),
            Map.of("kind", "reading", "size", 3L, "raw", ByteBuffer.wrap(new byte[] {'b'}))),
        event(42, "11/24/2026 12:05:59 PM", "[{\"n\": 2}, {\"n\": 3}]"),
        event(43, "11/24/2026 1:06:00 PM", null));
    Files.writeString(folder.resolve("ns/orders/3/notes.txt"), "not read");
    Files.createFile(folder.resolve("ns/orders/3/2026/11/24/10/05/59.avro"));

    assertThat(
            rows(
                tables(
                    1,
                    "n INT, hub STRING METADATA FROM 'topic', p INT METADATA FROM 'PartitionId', o BIGINT METADATA FROM 'offset', t TIMESTAMP_LTZ(3) METADATA FROM 'timestamp', k STRING METADATA FROM 'key', h MAP<STRING, STRING> METADATA FROM 'headers', kind STRING METADATA FROM 'headers.kind'",
                    "'format' = 'json'"),
                "SELECT n, hub, p, o, CAST(t AS STRING), k, h['size'], h['raw'], kind FROM orders"))
        .containsExactly(
            "+I[1, orders, 3, 41, 2026-11-24 00:05:01.000, device-1, 3, b, reading]",
            "+I[2, orders, 3, 42, 2026-11-24 12:05:59.000, null, null, null, null]",
            "+I[3, orders, 3, 42, 2026-11-24 12:05:59.000, null, null, null, null]");
  }

  @Test
  void readsFilesInTheOrderOfTheirTimesSoThatNoRowIsLate() throws Exception {
    CapturedFiles files = new CapturedFiles(folder);
    for (int minute = 29; minute >= 0; minute--) {
      for (int partition = 0; partition < 3; partition++) {
        files.write(
            partition,
            "2026/11/24/10/%02d/00".formatted(minute),
            event(minute, "11/24/2026 10:%02d:0%d AM".formatted(minute, partition), "1"),
            event(minute, "11/24/2026 10:%02d:5%d AM".formatted(minute, partition), "1"));
      }
    }

    assertThat(
            rows(
                tables(
                    2,
                    "n INT, t TIMESTAMP_LTZ(3) METADATA FROM 'timestamp', WATERMARK FOR t AS t - INTERVAL '1' MINUTE",
                    "'format' = 'csv'"),
                "SELECT COUNT(*) FROM TUMBLE(TABLE orders, DESCRIPTOR(t), INTERVAL '1' MINUTE) GROUP BY window_start, window_end"))
        .hasSize(30)
        .containsOnly("+I[6]");
  }

  @Test
  void readsEachEventOfNewFilesOnceAcrossAFailure() throws Exception {
    CapturedFiles files = new CapturedFiles(folder);
    StreamTableEnvironment tables =
        tables(
            2,
            "n INT, t TIMESTAMP_LTZ(3) METADATA FROM 'timestamp', WATERMARK FOR t AS t - INTERVAL '1' MINUTE",
            "'format' = 'json', 'monitor-interval' = '1 s'");
    tables.getConfig().set("restart-strategy.type", "fixed-delay");
    tables.getConfig().set("restart-strategy.fixed-delay.delay", "100 ms");
    tables.createTemporarySystemFunction("fail_once", FailOnce.class);
    FailOnce.FAILED.set(false);
    write(files, 0, 300, 0);

    try (CloseableIterator<Row> rows =
        tables.executeSql("SELECT fail_once(n, 700) FROM orders").collect()) {
      List<Integer> read = next(rows, 300);
      write(files, 1, 300, 300);
      read.addAll(next(rows, 300));
      write(files, 0, 300, 600);
      write(files, 1, 100, 900);
      read.addAll(next(rows, 400));
      assertThat(FailOnce.FAILED).isTrue();
      assertThat(read).hasSize(1000).doesNotHaveDuplicates();
    }
  }

  @Test
  void closesWindowsOfAGrowingInputWithMoreReadersThanFiles() throws Exception {
    CapturedFiles files = new CapturedFiles(folder);
    files.write(
        0,
        "2026/11/24/10/00/00",
        event(1, "11/24/2026 10:00:01 AM", "{\"n\": 1}"),
        event(2, "11/24/2026 10:05:01 AM", "{\"n\": 1}"));

    try (CloseableIterator<Row> windows =
        tables(
                2,
                "n INT, t TIMESTAMP_LTZ(3) METADATA FROM 'timestamp', WATERMARK FOR t AS t - INTERVAL '1' MINUTE",
                "'format' = 'json', 'monitor-interval' = '1 s'")
            .executeSql(
                "SELECT COUNT(*) FROM TUMBLE(TABLE orders, DESCRIPTOR(t), INTERVAL '1' MINUTE) GROUP BY window_start, window_end")
            .collect()) {
      assertThat(windows.next()).hasToString("+I[1]");
    }
  }

  @Test
  void failsWithTheFileOfABadRecordOrDropsIt() throws Exception {
    new CapturedFiles(folder)
        .write(
            0,
            "2026/11/24/10/05/00",
            event(1, "11/24/2026 10:00:01 AM", "{\"n\": \"x\"}"),
            event(2, "11/24/2026 10:00:01 AM", "{\"n\": 2}"));

    assertThat(failure("SELECT n FROM orders", "'format' = 'json'"))
        .startsWith(
            "file:%s/ns/orders/0/2026/11/24/10/05/00.avro: input 'orders': ".formatted(folder))
        .contains("topic 'orders', partition 0, offset 1", "column 'n'");
    assertThat(
            rows(
                tables(1, "n INT", "'format' = 'json', 'on-error' = 'drop'"),
                "SELECT n FROM orders"))
        .containsExactly("+I[2]");
  }

  @Test
  void reportsAllInvalidOptionsAtOnce() {
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(
            () ->
                tables(
                        1,
                        "n INT, o TIMESTAMP_LTZ(3) METADATA FROM 'nothing'",
                        "'format' = 'json', 'monitor-interval' = '10 ms', 'archive-name-format' = '{EventHub}/{Day}/{Hour}', 'on-error' = 'dead-letter', 'value-reader' = 'fast', 'start' = 'earliest'")
                    .executeSql("EXPLAIN SELECT * FROM orders"))
        .havingRootCause()
        .withMessage(
            """
            start: unknown option; expected one of archive-name-format, connector, format, monitor-interval, on-error, path, property-version, value-reader
            monitor-interval: must be at least 1 s
            archive-name-format: lacks {Minute}, {Month}, {Namespace}, {PartitionId}, {Second}, {Year}, which Azure requires as well
            on-error: 'dead-letter' requires connector 'kafka', because dead letters are written to the same brokers; use drop, which keeps the record in its file
            value-reader: 'fast' is invalid; expected one of streaming, flink""");
  }

  private StreamTableEnvironment tables(int parallelism, String columns, String options) {
    StreamTableEnvironment tables = FlinkTables.create(parallelism);
    tables.getConfig().set("restart-strategy.type", "none");
    tables.getConfig().set("table.local-time-zone", "UTC");
    tables.executeSql(
        "CREATE TEMPORARY TABLE orders (%s) WITH ('connector' = 'event-hubs-capture', 'path' = '%s', %s)"
            .formatted(columns, folder, options));
    return tables;
  }

  private static List<String> rows(StreamTableEnvironment tables, String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (CloseableIterator<Row> all = tables.executeSql(query).collect()) {
      all.forEachRemaining(row -> rows.add(row.toString()));
    }
    return rows;
  }

  /** Returns the first message of the failure that names a file. */
  private String failure(String query, String options) throws Exception {
    try {
      return "no failure: " + rows(tables(1, "n INT", options), query);
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (String.valueOf(cause.getMessage()).startsWith("file:")) {
          return cause.getMessage();
        }
      }
      throw e;
    }
  }

  private static void write(CapturedFiles files, int partition, int count, int first) {
    GenericRecord[] events = new GenericRecord[count];
    for (int i = 0; i < count; i++) {
      events[i] = event(first + i, "11/24/2026 10:05:01 AM", "{\"n\": %d}".formatted(first + i));
    }
    files.write(partition, "2026/11/24/10/%02d/00".formatted(first / 100), events);
  }

  private static List<Integer> next(CloseableIterator<Row> rows, int count) {
    List<Integer> next = new ArrayList<>();
    while (next.size() < count) {
      next.add((Integer) rows.next().getField(0));
    }
    return next;
  }

  /** Fails the job at one value, the first time. */
  public static final class FailOnce extends ScalarFunction {
    private static final AtomicBoolean FAILED = new AtomicBoolean();

    public Integer eval(Integer value, Integer at) {
      if (value.equals(at) && FAILED.compareAndSet(false, true)) {
        throw new IllegalStateException("injected");
      }
      return value;
    }
  }
}
