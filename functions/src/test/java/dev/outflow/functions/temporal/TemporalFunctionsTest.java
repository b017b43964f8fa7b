package dev.outflow.functions.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table functions agree with a plain model of what they do, whatever the order of arrival. */
class TemporalFunctionsTest {
  private static final String EARLIER =
      "SELECT id, earlier_row.id FROM EARLIER_ROW(input => TABLE events PARTITION BY k ORDER BY ts,"
          + " on_time => DESCRIPTOR(ts), uid => 'earlier', %s)";
  private static final String SLIDING =
      """
      SELECT rowtime, k, n FROM (
        SELECT k, is_entering, rowtime, COUNT(CASE WHEN is_entering THEN 1 END) OVER (
          PARTITION BY k ORDER BY rowtime RANGE BETWEEN INTERVAL '9.999' SECOND PRECEDING AND CURRENT ROW) AS n
        FROM SLIDING_CHANGES(input => TABLE events PARTITION BY k, window_size => INTERVAL '10' SECOND,
          on_time => DESCRIPTOR(ts), uid => 'sliding'))
      WHERE NOT is_entering
      """;

  private static final TypeInformation<Row> TYPE =
      Types.ROW_NAMED(
          new String[] {"k", "id", "c", "ts"}, Types.INT, Types.INT, Types.BOOLEAN, Types.INSTANT);

  private final List<Event> events = new ArrayList<>();

  private record Event(int key, int id, boolean condition, long second) {
    Row row() {
      return Row.of(key, id, condition, Instant.ofEpochSecond(second));
    }
  }

  TemporalFunctionsTest() {
    Random random = new Random(21);
    for (int id = 0; id < 300; id++) {
      events.add(
          new Event(
              random.nextInt(3), id, random.nextBoolean(), 1000 + id / 3 + random.nextInt(5)));
    }
  }

  @Test
  void findsTheEarlierRow() throws Exception {
    List<String> expected = new ArrayList<>();
    for (Event event : ordered()) {
      List<Event> before =
          ordered().stream()
              .takeWhile(other -> !other.equals(event))
              .filter(other -> other.key() == event.key() && other.condition())
              .filter(other -> other.second() >= event.second() - 4)
              .toList();
      expected.add(
          event.id() + "," + (before.size() < 2 ? null : before.get(before.size() - 2).id()));
    }

    assertThat(
            rows(
                EARLIER.formatted(
                    "limit_duration => INTERVAL '4' SECOND, row_offset => 2, when_true => DESCRIPTOR(c)")))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void findsTheEarlierRowOfAnInterval() throws Exception {
    List<String> expected = new ArrayList<>();
    for (Event event : ordered()) {
      Integer earlier = null;
      for (Event other : ordered().stream().takeWhile(other -> !other.equals(event)).toList()) {
        boolean inInterval = (other.second() - 1) / 7 == (event.second() - 1) / 7;
        earlier = other.key() == event.key() && inInterval ? Integer.valueOf(other.id()) : earlier;
      }
      expected.add(event.id() + "," + earlier);
    }

    assertThat(
            rows(EARLIER.formatted("limit_duration => INTERVAL '7.000' SECOND, aligned => TRUE")))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void reportsASlidingWindowOnceForEachInstantOfAnEntryOrExit() throws Exception {
    List<String> expected = new ArrayList<>();
    for (int key = 0; key < 3; key++) {
      TreeSet<Long> instants = new TreeSet<>();
      for (Event event : events) {
        if (event.key() == key) {
          instants.add(event.second());
          instants.add(event.second() + 10);
        }
      }
      for (long instant : instants) {
        int group = key;
        long count =
            events.stream()
                .filter(event -> event.key() == group)
                .filter(event -> event.second() <= instant && event.second() > instant - 10)
                .count();
        expected.add(Instant.ofEpochSecond(instant) + "," + key + "," + count);
      }
    }

    assertThat(rows(SLIDING)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void returnsTheRowsOfASlidingWindowAtEachInstant() throws Exception {
    List<String> expected = new ArrayList<>();
    for (int key = 0; key < 3; key++) {
      int group = key;
      List<Event> own = ordered().stream().filter(event -> event.key() == group).toList();
      TreeSet<Long> instants = new TreeSet<>();
      own.forEach(event -> instants.addAll(List.of(event.second(), event.second() + 10)));
      for (long instant : instants) {
        own.stream()
            .filter(event -> event.second() <= instant && event.second() > instant - 10)
            .forEach(
                event ->
                    expected.add(
                        "%s,%d,%d,%s"
                            .formatted(
                                Instant.ofEpochSecond(instant),
                                group,
                                event.id(),
                                Instant.ofEpochSecond(event.second()))));
      }
    }

    assertThat(
            rows(
                "SELECT rowtime, k, id, entered_at FROM SLIDING_ROWS(input => TABLE events PARTITION BY k"
                    + " ORDER BY ts, window_size => INTERVAL '10' SECOND, on_time => DESCRIPTOR(ts),"
                    + " uid => 'sliding')"))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "1, 3", "2, 7", "3, 2", "30, 45"})
  void returnsTheRowsOfASessionAtItsEnd(int timeout, int longest) throws Exception {
    List<String> expected = new ArrayList<>();
    for (int key = 0; key < 3; key++) {
      int group = key;
      List<Event> session = new ArrayList<>();
      long begin = 0;
      long last = 0;
      for (Event event : ordered().stream().filter(event -> event.key() == group).toList()) {
        long cut = cut(begin, last, longest);
        if (!session.isEmpty() && event.second() > Math.min(last + timeout, cut)) {
          expected.addAll(ended(session, Math.min(last + timeout, cut)));
          session.clear();
          begin = event.second() <= last + timeout ? cut : event.second();
        } else if (session.isEmpty()) {
          begin = event.second();
        }
        session.add(event);
        last = event.second();
      }
      expected.addAll(ended(session, Math.min(last + timeout, cut(begin, last, longest))));
    }

    assertThat(
            rows(
                "SELECT rowtime, k, id, session_start FROM SESSION_ROWS(input => TABLE events PARTITION BY k"
                    + " ORDER BY ts, timeout => INTERVAL '%d' SECOND, max_duration => INTERVAL '%d' SECOND, on_time => DESCRIPTOR(ts), uid => 'sessions')"
                        .formatted(timeout, longest)))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Returns the first multiple, not before the last row, at which a session has lasted so long. */
  private static long cut(long begin, long last, int longest) {
    long cut = 0;
    while (cut < last || cut - begin < longest) {
      cut += longest;
    }
    return cut;
  }

  private static List<String> ended(List<Event> session, long end) {
    return session.stream()
        .map(
            event ->
                "%s,%d,%d,%s"
                    .formatted(
                        Instant.ofEpochSecond(end),
                        event.key(),
                        event.id(),
                        Instant.ofEpochSecond(session.get(0).second())))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INTERVAL '0' SECOND | 'limit_duration' must be an interval of 1 ms or more",
        "INTERVAL '1' SECOND, row_offset => 0 | 'row_offset' must be 1 or more",
        "INTERVAL '1' SECOND, when_true => DESCRIPTOR(id) | 'when_true' must name one BOOLEAN column",
      })
  void rejectsArgumentsWithoutAMeaning(String arguments, String message) {
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> tables().sqlQuery(EARLIER.formatted("limit_duration => " + arguments)))
        .havingRootCause()
        .withMessageContaining(message);
  }

  @Test
  void rejectsInputsThatItCannotOrder() {
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(
            () ->
                tables()
                    .sqlQuery(
                        EARLIER
                            .replace(" ORDER BY ts", "")
                            .formatted("limit_duration => INTERVAL '1' SECOND")))
        .havingRootCause()
        .withMessageContaining("'input' must have ORDER BY its event time");
  }

  /** Returns the events by time, and by arrival if they have the same. */
  private List<Event> ordered() {
    return events.stream().sorted(Comparator.comparingLong(Event::second)).toList();
  }

  private List<String> rows(String sql) throws Exception {
    List<String> rows = new ArrayList<>();
    try (CloseableIterator<Row> results = tables().sqlQuery(sql).execute().collect()) {
      results.forEachRemaining(
          row -> {
            List<String> values = new ArrayList<>();
            for (int field = 0; field < row.getArity(); field++) {
              values.add(String.valueOf(row.getField(field)));
            }
            rows.add(String.join(",", values));
          });
    }
    return rows;
  }

  private StreamTableEnvironment tables() {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1);
    StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
    tables.getConfig().set("table.local-time-zone", "UTC");
    tables.executeSql("LOAD MODULE outflow");
    tables.createTemporaryView(
        "events",
        environment.fromData(TYPE, events.stream().map(Event::row).toArray(Row[]::new)),
        Schema.newBuilder()
            .column("k", "INT")
            .column("id", "INT")
            .column("c", "BOOLEAN")
            .column("ts", "TIMESTAMP_LTZ(3)")
            .watermark("ts", "ts - INTERVAL '5' SECOND")
            .build());
    return tables;
  }
}
