package dev.outflow.asa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions end with the timeout or, as ASA documents, at a multiple of their maximum duration. */
class SessionsTest {
  @TempDir private Path folder;

  /** The events and the results of the picture in ASA's documentation of session windows. */
  @Test
  void areCutAsInTheDocumentation() throws Exception {
    ImportedJob imported =
        imported(
            """
            SELECT topic, COUNT(*) AS n, MIN(at) AS first, System.Timestamp() AS t INTO sessions
            FROM events TIMESTAMP BY at GROUP BY topic, SessionWindow(minute, 5, 10)
            """,
            """
            {"topic":"x","at":"2023-01-01T00:01:00Z"}
            {"topic":"x","at":"2023-01-01T00:04:00Z"}
            {"topic":"x","at":"2023-01-01T00:12:36Z"}
            {"topic":"x","at":"2023-01-01T00:15:00Z"}
            {"topic":"x","at":"2023-01-01T00:19:30Z"}
            {"topic":"x","at":"2023-01-01T00:24:00Z"}
            {"topic":"x","at":"2023-01-01T00:26:30Z"}
            {"topic":"x","at":"2023-01-01T00:34:00Z"}
            """);

    assertSessions(
        imported,
        """
        {"topic":"x","n":2,"first":"2023-01-01T00:01:00Z","t":"2023-01-01T00:09:00Z"}
        {"topic":"x","n":5,"first":"2023-01-01T00:12:36Z","t":"2023-01-01T00:30:00Z"}
        {"topic":"x","n":1,"first":"2023-01-01T00:34:00Z","t":"2023-01-01T00:39:00Z"}
        """);
  }

  /** A session continues after a cut if a row follows within the timeout. */
  @Test
  void continueAfterACut() throws Exception {
    ImportedJob imported =
        imported(
            """
            SELECT device, COUNT(*) AS n, System.Timestamp() AS t INTO sessions
            FROM events TIMESTAMP BY at
            GROUP BY device, SessionWindow(Timeout(second, 30), MaxDuration(minute, 1)) OVER (PARTITION BY device)
            """,
            """
            {"device":"a","at":"2023-01-01T00:00:10Z"}
            {"device":"a","at":"2023-01-01T00:00:40Z"}
            {"device":"b","at":"2023-01-01T00:01:00Z"}
            {"device":"a","at":"2023-01-01T00:01:05Z"}
            {"device":"a","at":"2023-01-01T00:01:30Z"}
            {"device":"a","at":"2023-01-01T00:02:00Z"}
            {"device":"a","at":"2023-01-01T00:02:20Z"}
            {"device":"a","at":"2023-01-01T00:02:45Z"}
            """);

    assertThat(imported.job().files().get("queries/sessions.sql"))
        .contains("A window of 1 ms aggregates the rows of one instant");
    assertSessions(
        imported,
        """
        {"device":"a","n":5,"t":"2023-01-01T00:02:00Z"}
        {"device":"a","n":2,"t":"2023-01-01T00:03:00Z"}
        {"device":"b","n":1,"t":"2023-01-01T00:01:30Z"}
        """);
  }

  private ImportedJob imported(String query, String events) throws Exception {
    return ImportedJob.of(folder, query, Map.of("events", events));
  }

  private static void assertSessions(ImportedJob imported, String expected) throws Exception {
    imported.writes(Map.of("sessions", expected));
  }
}
