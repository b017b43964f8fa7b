package dev.outflow.testing;

import static java.time.ZoneOffset.UTC;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.testing.rows.InputRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.table.api.Schema;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What Flink does with windows over TIMESTAMP_LTZ in time zones, and that a definition is rejected
 * exactly where the result is wrong. A new version of Flink that fixes a fault fails here.
 */
class WindowsOfZonesTest {
  private static final Schema EVENTS =
      Schema.newBuilder()
          .column("ts", "TIMESTAMP_LTZ(3)")
          .watermark("ts", "ts - INTERVAL '0.001' SECOND")
          .build();

  @TempDir private Path folder;

  /** Two days with the night when Berlin sets its clocks back. */
  private static List<Instant> times() {
    Instant first = Instant.parse("2026-10-24T00:00:03Z");
    return Stream.iterate(first, time -> time.plus(Duration.ofMinutes(7))).limit(411).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "UTC,            TVF,   PT1H,  right",
    "Asia/Kolkata,   TVF,   PT30M, right",
    "Asia/Kolkata,   TVF,   PT1H,  wrong", // loses records: 05:30 is not a multiple
    "Asia/Kolkata,   TVF,   PT24H, wrong",
    "Asia/Kolkata,   GROUP, PT24H, right",
    "Asia/Shanghai,  TVF,   PT1H,  right",
    "Asia/Shanghai,  TVF,   PT24H, wrong", // loses records, although the offset is a whole hour
    "Europe/Berlin,  TVF,   PT10M, wrong", // merges 02:00 and 02:00
    "Europe/Berlin,  GROUP, PT1H,  wrong",
    "Europe/Berlin,  TVF,   PT24H, right", // a day of 25 hours
  })
  void rejectsExactlyTheWindowsThatFlinkCutsWrongly(
      String zone, String syntax, Duration size, String result) throws IOException {
    String interval = "INTERVAL '%d' MINUTE(5)".formatted(size.toMinutes());
    String query =
        syntax.equals("TVF")
            ? "SELECT COUNT(*) AS n FROM TABLE(TUMBLE(TABLE i, DESCRIPTOR(ts), %s)) GROUP BY window_start, window_end"
                .formatted(interval)
            : "SELECT COUNT(*) AS n FROM i GROUP BY TUMBLE(ts, %s)".formatted(interval);

    assertThat(isAccepted(zone, query)).isEqualTo(result.equals("right"));
    assertThat(counts(zone, query).equals(expected(ZoneId.of(zone), size)))
        .isEqualTo(result.equals("right"));
  }

  @ParameterizedTest
  @CsvSource({"UTC, right", "Asia/Kolkata, right", "Europe/Berlin, wrong"})
  void rejectsSessionsWhereTheyAreMergedAcrossAChangeOfTheClocks(String zone, String result)
      throws IOException {
    String query =
        "SELECT COUNT(*) AS n FROM TABLE(SESSION(TABLE i, DESCRIPTOR(ts), INTERVAL '20' MINUTE)) GROUP BY window_start, window_end";
    List<Instant> anHourApart =
        List.of(Instant.parse("2026-10-25T00:30:00Z"), Instant.parse("2026-10-25T01:30:00Z"));

    assertThat(isAccepted(zone, query)).isEqualTo(result.equals("right"));
    assertThat(counts(zone, query, anHourApart).equals(List.of(1L, 1L)))
        .isEqualTo(result.equals("right"));
  }

  private boolean isAccepted(String zone, String query) throws IOException {
    Path job =
        Files.writeString(
            folder.resolve("job.yaml"),
            """
            name: zones
            inputs:
              i:
                connector: kafka
                bootstrap-servers: localhost:9092
                topic: i
                format: json
                columns: { ts: TIMESTAMP_LTZ(3) }
                event-time: { column: ts }
            queries: { o: "%s" }
            outputs: { o: { bootstrap-servers: localhost:9092, topic: o, format: json } }
            flink: { table.local-time-zone: %s }
            """
                .formatted(query, zone));
    try {
      PlannedJob.read(job.toString(), List.of());
      return true;
    } catch (InvalidDefinitionException e) {
      assertThat(e.problems())
          .singleElement()
          .satisfies(
              problem -> assertThat(problem.property()).isEqualTo("flink.table.local-time-zone"));
      return false;
    }
  }

  private static List<Long> counts(String zone, String query) {
    return counts(zone, query, times());
  }

  /** Runs the query in the zone without checking it; returns the counts in order. */
  private static List<Long> counts(String zone, String query, List<Instant> times) {
    return new JobRun(
            Map.of("i", EVENTS),
            Map.of("i", new InputRows.Given(times.stream().map(Row::of).toList())),
            Map.of("table.local-time-zone", zone))
        .of(tables -> Map.of("o", tables.sqlQuery(query))).outputs().get("o").stream()
            .map(row -> (Long) row.getField(0))
            .sorted()
            .toList();
  }

  /** Windows of local time, where those of a repeated hour are different ones, unless of a day. */
  private static List<Long> expected(ZoneId zone, Duration size) {
    Collection<Long> counts =
        times().stream()
            .collect(
                groupingBy(
                    time -> {
                      long local = LocalDateTime.ofInstant(time, zone).toEpochSecond(UTC);
                      Object offset = size.toDays() > 0 ? "" : zone.getRules().getOffset(time);
                      return List.of(Math.floorDiv(local, size.toSeconds()), offset);
                    },
                    counting()))
            .values();
    return counts.stream().sorted().toList();
  }
}
