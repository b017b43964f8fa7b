package dev.outflow.asa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hopping windows whose size is not a multiple of the hop, which Flink does not have. */
class HoppingWindowsTest {
  private static final String READINGS =
      """
      {"v":1,"time":"2023-01-01T00:00:01Z"}
      {"v":2,"time":"2023-01-01T00:00:04Z"}
      {"v":4,"time":"2023-01-01T00:00:08Z"}
      """;

  @TempDir private Path folder;

  @Test
  void overlapOrLeaveGaps() throws Exception {
    imported(
            """
            SELECT SUM(v) AS total, System.Timestamp() AS t INTO overlapping
            FROM readings TIMESTAMP BY time GROUP BY HoppingWindow(second, 7, 5)
            SELECT SUM(v) AS total, System.Timestamp() AS t INTO gaps
            FROM readings TIMESTAMP BY time GROUP BY HoppingWindow(second, 2, 5)
            SELECT SUM(v) AS total, System.Timestamp() AS t INTO shifted
            FROM readings TIMESTAMP BY time
            GROUP BY HoppingWindow(Duration(second, 2), Hop(second, 5), Offset(second, 4)) HAVING SUM(v) > 2
            """)
        .writes(
            Map.of(
                "overlapping",
                """
                {"total":3,"t":"2023-01-01T00:00:05Z"}
                {"total":6,"t":"2023-01-01T00:00:10Z"}
                """,
                "gaps",
                """
                {"total":2,"t":"2023-01-01T00:00:05Z"}
                """,
                "shifted",
                """
                {"total":4,"t":"2023-01-01T00:00:09Z"}
                """));
  }

  @Test
  void areLeftOutIfARowWouldBeInTooMany() throws Exception {
    assertThat(
            imported(
                    "SELECT SUM(v) AS total INTO totals FROM readings TIMESTAMP BY time GROUP BY HoppingWindow(second, 3601, 60)")
                .job()
                .report()
                .lines())
        .anyMatch(line -> line.contains("here they are 3601000 and 60000 ms"));
  }

  private ImportedJob imported(String script) throws Exception {
    return ImportedJob.of(folder, script, Map.of("readings", READINGS));
  }
}
