package dev.outflow.asa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Joins with reference data keep the time of the stream, and take nothing back. */
class ReferenceDataTest {
  private static final String READINGS =
      """
      {"device":"a","v":1,"time":"2023-01-01T00:00:01Z"}
      {"device":"c","v":2,"time":"2023-01-01T00:00:02Z"}
      {"device":"b","v":4,"time":"2023-01-01T00:00:03Z"}
      """;
  private static final String DEVICES =
      """
      {"id":"a","site":"Bergen","limit":0}
      {"id":"b","site":"Lund","limit":9}
      """;

  @TempDir private Path folder;

  @Test
  void joinsAStreamWithReferenceData() throws Exception {
    ImportedJob imported =
        ImportedJob.of(
            folder,
            """
            WITH sited AS (
              SELECT r.v, d.site FROM readings r TIMESTAMP BY time LEFT JOIN devices d ON d.id = r.device
            )
            SELECT r.device, d.site, System.Timestamp() AS t INTO known
            FROM readings r TIMESTAMP BY time JOIN devices d ON r.device = d.id
            SELECT r.device, d.site INTO beyond
            FROM readings r TIMESTAMP BY time JOIN devices d ON r.device = d.id AND r.v > d.limit
            SELECT site, SUM(v) AS total, System.Timestamp() AS t INTO totals
            FROM sited GROUP BY site, TumblingWindow(second, 10)
            """,
            Map.of("readings", READINGS, "devices", DEVICES));
    imported.writes(
        Map.of(
            "known",
            """
            {"device":"a","site":"Bergen","t":"2023-01-01T00:00:01Z"}
            {"device":"b","site":"Lund","t":"2023-01-01T00:00:03Z"}
            """,
            "beyond",
            """
            {"device":"a","site":"Bergen"}
            """,
            "totals",
            """
            {"site":"Bergen","total":1,"t":"2023-01-01T00:00:10Z"}
            {"site":"Lund","total":4,"t":"2023-01-01T00:00:10Z"}
            {"site":null,"total":2,"t":"2023-01-01T00:00:10Z"}
            """));
    assertThat(imported.job().files().get("job.yaml"))
        .contains("connector: reference-file", "format: json");
    assertThat(imported.job().report().lines())
        .anyMatch(line -> line.contains("'devices' is taken as reference data"));
  }

  @Test
  void joinsAllRowsOfAKeyAndTheResultOfAWindow() throws Exception {
    ImportedJob.of(
            folder,
            """
            WITH counts AS (
              SELECT device, COUNT(*) AS n FROM readings TIMESTAMP BY time GROUP BY device, TumblingWindow(second, 10)
            )
            SELECT c.device, c.n, s.name, System.Timestamp() AS t INTO named
            FROM counts c JOIN sites s ON s.device = c.device AND c.n < s.most
            SELECT r.v, d.site, s.name INTO both FROM readings r JOIN devices d ON r.device = d.id
            LEFT JOIN sites s ON s.device = d.id AND s.most > 1
            """,
            Map.of(
                "readings",
                READINGS,
                "devices",
                DEVICES,
                "sites",
                """
                {"device":"a","name":"north","most":9}
                {"device":"a","name":"south","most":5}
                {"device":"a","name":"none","most":1}
                {"device":"b","name":"none","most":1}
                """))
        .writes(
            Map.of(
                "named",
                """
                {"device":"a","n":1,"name":"north","t":"2023-01-01T00:00:10Z"}
                {"device":"a","n":1,"name":"south","t":"2023-01-01T00:00:10Z"}
                """,
                "both",
                """
                {"v":1,"site":"Bergen","name":"north"}
                {"v":1,"site":"Bergen","name":"south"}
                {"v":4,"site":"Lund","name":null}
                """));
  }

  @Test
  void joinsEveryRowIfTheConditionHasNoEquality() throws Exception {
    ImportedJob imported =
        ImportedJob.of(
            folder,
            """
            SELECT r.device, d.site INTO beyond FROM readings r TIMESTAMP BY time JOIN devices d ON r.v > d.limit
            SELECT r.v, a.name, System.Timestamp() AS t INTO areas FROM readings r TIMESTAMP BY time
            LEFT JOIN areas a ON ST_WITHIN(CreatePoint(r.v, r.v), a.shape) = 1
            SELECT a.name, COUNT(*) AS n INTO counts FROM readings r TIMESTAMP BY time
            JOIN areas a ON ST_WITHIN(CreatePoint(r.v, r.v), a.shape) = 1
            GROUP BY a.name, TumblingWindow(second, 10)
            """,
            Map.of(
                "readings",
                READINGS,
                "devices",
                DEVICES,
                "areas",
                """
                {"name":"small","shape":{"type":"Polygon","coordinates":[[[0,0],[3,0],[3,3],[0,3],[0,0]]]}}
                {"name":"tiny","shape":{"type":"Polygon","coordinates":[[[0,0],[1.5,0],[1.5,1.5],[0,1.5],[0,0]]]}}
                """));
    imported.writes(
        Map.of(
            "beyond",
            """
            {"device":"a","site":"Bergen"}
            {"device":"c","site":"Bergen"}
            {"device":"b","site":"Bergen"}
            """,
            "areas",
            """
            {"v":1,"name":"small","t":"2023-01-01T00:00:01Z"}
            {"v":1,"name":"tiny","t":"2023-01-01T00:00:01Z"}
            {"v":2,"name":"small","t":"2023-01-01T00:00:02Z"}
            {"v":4,"name":null,"t":"2023-01-01T00:00:03Z"}
            """,
            "counts",
            """
            {"name":"small","n":2}
            {"name":"tiny","n":1}
            """));
    assertThat(imported.job().files().get("job.yaml"))
        .contains("every_row: INT METADATA FROM 'one'");
    assertThat(imported.job().report().lines())
        .anyMatch(line -> line.contains("each event is compared with every row"));
  }

  @Test
  void keepsThePathOfTheFile() throws Exception {
    Path template = folder.resolve("job.json");
    Files.writeString(
        template,
        """
        { "resources": [ { "type": "Microsoft.StreamAnalytics/streamingjobs", "name": "devices",
          "properties": {
            "transformation": { "properties": { "query":
              "SELECT r.v, d.site INTO o FROM readings r JOIN devices d ON r.device = d.id" } },
            "inputs": [ { "name": "devices", "properties": { "type": "Reference",
              "serialization": { "type": "Csv", "properties": { "fieldDelimiter": "," } },
              "datasource": { "type": "Microsoft.Storage/Blob", "properties": {
                "pathPattern": "devices/{date}/list.csv", "dateFormat": "YYYY-MM-DD" } } } },
              { "name": "readings", "properties": { "type": "Stream",
              "serialization": { "type": "Json", "properties": {} },
              "datasource": { "type": "Microsoft.EventHub/EventHub", "properties": {
                "eventHubName": "readings", "serviceBusNamespace": "shop" } } } } ] } } ] }
        """);

    assertThat(JobImport.of(template, Map.of(), Optional.empty()).files().get("job.yaml"))
        .contains(
            "path: file:///data/devices/{date}/list.csv",
            "date-format: yyyy-MM-dd",
            "csv.header: true");
  }

  @Test
  void leavesOutWhatItCannotJoin() throws Exception {
    assertThat(
            report(
                """
                SELECT r.device, areas.name INTO near FROM readings r TIMESTAMP BY time
                JOIN areas a ON r.v > a.size
                """))
        .anyMatch(line -> line.contains("'areas' has an alias in this query; use it"));
    assertThat(
            report(
                """
                SELECT r.device, d.site INTO known FROM readings r TIMESTAMP BY time
                JOIN devices d ON r.device = d.id
                SELECT id INTO ids FROM devices
                """))
        .anyMatch(line -> line.contains("reads it as a stream"));
  }

  @Test
  void keysOfAnUnknownTypeHaveThatOfTheStream() throws Exception {
    ImportedJob imported =
        ImportedJob.of(
            folder,
            """
            SELECT r.v, d.name INTO named FROM readings r TIMESTAMP BY time JOIN names d ON r.v = d.number
            """,
            Map.of("readings", READINGS));

    assertThat(imported.job().files().get("job.yaml")).contains("number: BIGINT", "name: STRING");
    assertThat(imported.job().report().isComplete()).isTrue();
  }

  private List<String> report(String script) throws Exception {
    return ImportedJob.of(folder, script, Map.of("readings", READINGS, "devices", DEVICES))
        .job()
        .report()
        .lines();
  }
}
