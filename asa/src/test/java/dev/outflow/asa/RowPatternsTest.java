package dev.outflow.asa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MATCH_RECOGNIZE finds the rows that ASA's documentation describes. */
class RowPatternsTest {
  private static final String TILLS =
      """
      {"till":"a","code":"ok","step":"open","at":"2023-01-01T00:00:01Z"}
      {"till":"b","code":"ok","step":"open","at":"2023-01-01T00:00:02Z"}
      {"till":"a","code":"jam","step":"feed","at":"2023-01-01T00:00:14Z"}
      {"till":"b","code":"jam","step":"feed","at":"2023-01-01T00:00:15Z"}
      {"till":"a","code":"dark","step":"print","at":"2023-01-01T00:00:19Z"}
      {"till":"b","code":"ok","step":"print","at":"2023-01-01T00:00:20Z"}
      {"till":"c","code":"ok","step":"open","at":"2023-01-01T00:02:00Z"}
      {"till":"c","code":"jam","step":"feed","at":"2023-01-01T00:02:30Z"}
      {"till":"c","code":"jam","step":"feed","at":"2023-01-01T00:03:01Z"}
      """;
  private static final String TANKS =
      """
      {"id":1,"filling":1,"pressure":2.0,"at":"2023-01-01T00:00:00Z"}
      {"id":2,"filling":1,"pressure":3.0,"at":"2023-01-01T00:01:00Z"}
      {"id":3,"filling":0,"pressure":7.5,"at":"2023-01-01T00:02:00Z"}
      {"id":4,"filling":0,"pressure":9.0,"at":"2023-01-01T00:02:30Z"}
      """;

  @TempDir private Path folder;

  @Test
  void matchesRowsOfEachKeyWithinADuration() throws Exception {
    ImportedJob.of(
            folder,
            """
            WITH failures AS (
              SELECT * FROM tills TIMESTAMP BY at
              MATCH_RECOGNIZE (
                LIMIT DURATION(minute, 1)
                PARTITION BY till
                MEASURES First(Bad.till) AS till, First(Bad.step) AS step, First(Bad.at) AS since,
                  Last(Bad.code) AS code, Classifier() AS names
                AFTER MATCH SKIP TO NEXT ROW
                PATTERN (Good+ Bad{2,})
                DEFINE Good AS Good.code = 'ok', Bad AS Bad.code <> 'ok'
              ) AS found
            )
            SELECT till, step, since, code, names, System.Timestamp() AS t INTO alerts FROM failures
            SELECT COUNT(*) AS n, System.Timestamp() AS t INTO counts FROM failures
            GROUP BY TumblingWindow(minute, 1)
            """,
            Map.of("tills", TILLS))
        .writes(
            Map.of(
                "alerts",
                """
                {"till":"a","step":"feed","since":"2023-01-01T00:00:14Z","code":"dark","names":["Good","Bad","Bad"],"t":"2023-01-01T00:00:19Z"}
                """,
                "counts",
                """
                {"n":1,"t":"2023-01-01T00:01:00Z"}
                """));
  }

  @Test
  void aMatchBeginsAtEachRow() throws Exception {
    ImportedJob imported =
        ImportedJob.of(
            folder,
            """
            SELECT * INTO alerts FROM tanks TIMESTAMP BY at MATCH_RECOGNIZE (
              LIMIT DURATION(minute, 3)
              MEASURES MAX(Dangerous.pressure) AS pressure, MIN(Normal.id) AS firstId, Last(Normal.id) + 1 AS nextId
              AFTER MATCH SKIP TO NEXT ROW
              PATTERN (Normal+ Dangerous+)
              DEFINE Normal AS Normal.filling = 1,
                Dangerous AS Max(Dangerous.pressure) > 2 * Max(Normal.pressure)
            ) AS T
            """,
            Map.of("tanks", TANKS));

    imported.writes(
        Map.of(
            "alerts",
            """
            {"pressure":7.5,"firstId":1,"nextId":3}
            {"pressure":7.5,"firstId":2,"nextId":3}
            """));
    assertThat(imported.job().report().lines())
        .anyMatch(line -> line.contains("a match ends with the first row"));
  }

  @Test
  void variablesInBetweenCanBeOptionalAndConditionsCanBeMissing() throws Exception {
    ImportedJob.of(
            folder,
            """
            SELECT * INTO alerts FROM tanks TIMESTAMP BY at MATCH_RECOGNIZE (
              LIMIT DURATION(minute, 3)
              MEASURES LAST(low.id) AS low, LAST(none.id) AS skipped, LAST(high.id) AS high, CLASSIFIER() AS names
              AFTER MATCH SKIP TO NEXT ROW
              PATTERN (low+ none* high)
              DEFINE low AS low.pressure < 5, none AS none.id = 100, high AS high.pressure > 5
            ) AS T
            SELECT * INTO firsts FROM tanks TIMESTAMP BY at MATCH_RECOGNIZE (
              LIMIT DURATION(minute, 1)
              MEASURES FIRST(a.id) AS id, LAST(b.id) - a.id AS steps
              PATTERN (a? . b)
              DEFINE a AS a.id = 2, b AS b.id > 3
            ) AS T
            """,
            Map.of("tanks", TANKS))
        .writes(
            Map.of(
                "alerts",
                """
                {"low":2,"skipped":null,"high":3,"names":["low","low","high"]}
                {"low":2,"skipped":null,"high":3,"names":["low","high"]}
                """,
                "firsts",
                """
                {"id":null,"steps":null}
                """));
  }

  @Test
  void leavesOutPatternsThatFlinkDoesNotHave() throws Exception {
    assertThat(report("(a (b | c))", "a AS a.id = 1, b AS b.id = 2, c AS c.id = 3"))
        .anyMatch(line -> line.contains("Flink has no alternatives"));
    assertThat(report("((a b)+ c)", "a AS a.id = 1, b AS b.id = 2, c AS c.id = 3"))
        .anyMatch(line -> line.contains("cannot repeat several variables together"));
    assertThat(report("(a b*)", "a AS a.id = 1, b AS b.id = 2"))
        .anyMatch(line -> line.contains("the last variable, 'b', must need a row"));
    assertThat(report("(a b)", "b AS b.id > a.id"))
        .anyMatch(line -> line.contains("a column of another variable than 'b' needs FIRST"));
    assertThat(report("(a b)", "b AS Max(id) > 1"))
        .anyMatch(line -> line.contains("Max needs a column of a variable, such as A.value"));
  }

  private List<String> report(String pattern, String definitions) throws Exception {
    return ImportedJob.of(
            folder,
            """
            SELECT * INTO found FROM tanks TIMESTAMP BY at MATCH_RECOGNIZE (
              LIMIT DURATION(minute, 3) MEASURES LAST(a.id) AS id PATTERN %s DEFINE %s) AS T
            """
                .formatted(pattern, definitions),
            Map.of("tanks", TANKS))
        .job()
        .report()
        .lines();
  }
}
