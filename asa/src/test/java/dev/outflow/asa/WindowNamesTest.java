package dev.outflow.asa;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries can name columns as Flink names those of windows. */
class WindowNamesTest {
  private static final String READINGS =
      """
      {"device":"a","v":1,"time":"2023-01-01T00:00:01Z","window_time":"x"}
      {"device":"a","v":2,"time":"2023-01-01T00:00:04Z","window_time":"x"}
      {"device":"b","v":4,"time":"2023-01-01T00:00:08Z","window_time":"y"}
      """;

  @TempDir private Path folder;

  @Test
  void resultsOfWindowsHaveThem() throws Exception {
    ImportedJob.of(
            folder,
            """
            SELECT device, MIN(time) AS window_start, System.Timestamp() AS window_end, SUM(v) AS window_time
            INTO tumbling FROM readings TIMESTAMP BY time GROUP BY device, TumblingWindow(second, 5)
            SELECT device, MIN(time) AS window_start, System.Timestamp() AS window_end
            INTO sessions FROM readings TIMESTAMP BY time
            GROUP BY device, SessionWindow(second, 5, 60) OVER (PARTITION BY device)
            SELECT System.Timestamp() AS window_end, COUNT(*) AS Window_Start
            INTO sliding FROM readings TIMESTAMP BY time WHERE v > 1 GROUP BY SlidingWindow(second, 2)
            """,
            Map.of("readings", READINGS))
        .writes(
            Map.of(
                "tumbling",
                """
                {"device":"a","window_start":"2023-01-01T00:00:01Z","window_end":"2023-01-01T00:00:05Z","window_time":3}
                {"device":"b","window_start":"2023-01-01T00:00:08Z","window_end":"2023-01-01T00:00:10Z","window_time":4}
                """,
                "sessions",
                """
                {"device":"a","window_start":"2023-01-01T00:00:01Z","window_end":"2023-01-01T00:00:09Z"}
                {"device":"b","window_start":"2023-01-01T00:00:08Z","window_end":"2023-01-01T00:00:13Z"}
                """,
                "sliding",
                """
                {"window_end":"2023-01-01T00:00:04Z","Window_Start":1}
                {"window_end":"2023-01-01T00:00:08Z","Window_Start":1}
                """));
  }

  @Test
  void windowsReadThem() throws Exception {
    ImportedJob.of(
            folder,
            """
            WITH counts AS (
              SELECT device, System.Timestamp() AS window_end, COUNT(*) AS window_start
              FROM readings TIMESTAMP BY time GROUP BY device, TumblingWindow(second, 5)
            )
            SELECT MAX(window_end) AS latest, SUM(window_start) AS n, System.Timestamp() AS t
            INTO windows FROM counts GROUP BY TumblingWindow(second, 10)
            SELECT window_time, COUNT(*) AS n INTO named
            FROM readings TIMESTAMP BY time GROUP BY window_time, HoppingWindow(second, 10, 5)
            """,
            Map.of("readings", READINGS))
        .writes(
            Map.of(
                "windows",
                """
                {"latest":"2023-01-01T00:00:10Z","n":3,"t":"2023-01-01T00:00:10Z"}
                """,
                "named",
                """
                {"window_time":"x","n":2}
                {"window_time":"x","n":2}
                {"window_time":"y","n":1}
                {"window_time":"y","n":1}
                """));
  }
}
