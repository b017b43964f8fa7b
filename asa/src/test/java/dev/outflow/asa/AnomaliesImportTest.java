package dev.outflow.asa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.asa.report.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queries as in ASA's documentation of its functions for anomaly detection are imported. */
class AnomaliesImportTest {
  @TempDir private Path folder;

  @Test
  void findsSpikesOfEachDevice() throws Exception {
    ImportedJob.of(
            folder,
            """
            WITH Detection AS (
              SELECT sensor, time, CAST(temperature AS float) AS temp,
                AnomalyDetection_SpikeAndDip(CAST(temperature AS float), 95, 3, 'SpikesAndDips')
                  OVER (PARTITION BY sensor LIMIT DURATION(second, 120)) AS scores
              FROM input TIMESTAMP BY time
            )
            SELECT sensor, temp, CAST(GetRecordPropertyValue(scores, 'Score') AS float) AS score,
              CAST(GetRecordPropertyValue(scores, 'IsAnomaly') AS bigint) AS isAnomaly
            INTO output FROM Detection

            SELECT sensor, temperature INTO alerts FROM input TIMESTAMP BY time
            WHERE GetRecordPropertyValue(AnomalyDetection_SpikeAndDip(temperature, 95, 3, 'dips')
              OVER (PARTITION BY sensor LIMIT DURATION(second, 120) WHEN temperature < 50), 'IsAnomaly') = 1
            """,
            Map.of(
                "input",
                """
                {"sensor":"a","temperature":7,"time":"2024-01-01T00:00:01Z"}
                {"sensor":"b","temperature":90,"time":"2024-01-01T00:00:01Z"}
                {"sensor":"a","temperature":7,"time":"2024-01-01T00:00:02Z"}
                {"sensor":"a","temperature":7,"time":"2024-01-01T00:00:03Z"}
                {"sensor":"a","temperature":99,"time":"2024-01-01T00:00:04Z"}
                {"sensor":"a","temperature":1,"time":"2024-01-01T00:00:05Z"}
                """))
        .writes(
            Map.of(
                "output",
                """
                {"sensor":"a","temp":7.0,"score":0.5,"isAnomaly":0}
                {"sensor":"b","temp":90.0,"score":0.5,"isAnomaly":0}
                {"sensor":"a","temp":7.0,"score":0.5,"isAnomaly":0}
                {"sensor":"a","temp":7.0,"score":0.5,"isAnomaly":0}
                {"sensor":"a","temp":99.0,"score":1.0E-8,"isAnomaly":1}
                {"sensor":"a","temp":1.0,"score":0.3006290505204966,"isAnomaly":0}
                """,
                "alerts",
                """
                {"sensor":"a","temperature":1}
                """));
  }

  @Test
  void findsChangesOfAverages() throws Exception {
    StringBuilder samples = new StringBuilder();
    for (int second = 1; second < 60; second++) {
      int level = second < 40 ? 20 : 40;
      samples.append(
          "{\"temperature\":%d,\"time\":\"2024-01-01T00:00:%02d.500Z\"}\n"
              .formatted(level + second % 2, second));
    }

    ImportedJob.of(
            folder,
            """
            WITH Smoothing AS (
              SELECT System.Timestamp() AS time, AVG(CAST(temperature AS float)) AS temp
              FROM input TIMESTAMP BY time GROUP BY TumblingWindow(second, 1)
            ), Detection AS (
              SELECT time, temp, AnomalyDetection_ChangePoint(temp, 80, 12) OVER (LIMIT DURATION(second, 12)) AS s
              FROM Smoothing
            )
            SELECT time, temp INTO output FROM Detection WHERE s.IsAnomaly = 1
            """,
            Map.of("input", samples.toString()))
        .writes(
            Map.of(
                "output",
                """
                {"time":"2024-01-01T00:00:41Z","temp":40.0}
                """));
  }

  @Test
  void sharesOneModelForEqualCalls() throws Exception {
    JobImport job =
        imported(
            """
            SELECT AnomalyDetection_ChangePoint(v, 80.5, 12) OVER (LIMIT DURATION(hour, 1)) AS a,
              GetRecordPropertyValue(AnomalyDetection_ChangePoint(v, 80.5, 12) OVER (LIMIT DURATION(hour, 1)), 'Score') AS b,
              AnomalyDetection_ChangePoint(v, 90, 12) OVER (LIMIT DURATION(hour, 1)) AS c
            INTO o FROM i
            """);

    assertThat(String.join("\n", job.files().values()))
        .containsOnlyOnce("confidence => 80.5E0")
        .containsOnlyOnce("confidence => 90E0");
    assertThat(job.report().findings())
        .filteredOn(finding -> finding.kind() == Finding.Kind.DIFFERS)
        .singleElement()
        .asString()
        .contains("ASA does not publish its details", "ANOMALY_DETECTION");
  }

  @Test
  void passesOnTheFieldsThatAsaAdds() throws Exception {
    JobImport job =
        imported(
            """
            WITH s AS (
              SELECT EVENTENQUEUEDUTCTIME AS time, LAG(v) OVER (LIMIT DURATION(hour, 1)) AS before,
                AnomalyDetection_SpikeAndDip(v, 95, 120, 'dips') OVER (LIMIT DURATION(second, 120)) AS scores
              FROM i WHERE PartitionId = 1
            )
            SELECT time, before, CAST(GetRecordPropertyValue(scores, 'Score') AS float) AS score INTO o FROM s
            """);

    assertThat(job.report().isComplete()).as(String.join("\n", job.report().lines())).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "v, 0, 12, 'dips' | the confidence must be a number from 1 to 100",
        "v, 101, 12, 'dips' | the confidence must be a number from 1 to 100",
        "v, v, 12, 'dips' | the confidence must be a number from 1 to 100",
        "v, 95, 0, 'dips' | the history size must be a number of events, 1 or more",
        "v, 95, 12, 'both' | the mode must be 'spikes', 'dips' or 'spikesanddips'",
        "v, 95, 12 | AnomalyDetection_SpikeAndDip has 3 arguments, expected 4",
      })
  void leavesOutCallsWithInvalidArguments(String arguments, String message) throws Exception {
    JobImport job =
        imported(
            "SELECT AnomalyDetection_SpikeAndDip(%s) OVER (LIMIT DURATION(hour, 1)) AS a INTO o FROM i"
                .formatted(arguments));

    assertThat(String.join("\n", job.report().lines())).contains(message);
    assertThat(job.report().isComplete()).isFalse();
  }

  private JobImport imported(String script) throws Exception {
    return JobImport.of(
        Files.writeString(folder.resolve("job.asaql"), script), Map.of(), Optional.empty());
  }
}
