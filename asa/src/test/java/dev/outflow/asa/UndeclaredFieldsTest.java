package dev.outflow.asa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.asa.report.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code SELECT *} passes on fields that no query names and no sample has. */
class UndeclaredFieldsTest {
  @TempDir private Path folder;

  @Test
  void reachOutputsThroughStepsJoinsEarlierRowsAndUnions() throws Exception {
    ImportedJob imported =
        imported(
            """
            WITH recent AS (
              SELECT *, LAG(value) OVER (LIMIT DURATION(minute, 1)) AS before FROM readings TIMESTAMP BY time
            )
            SELECT * INTO everything FROM others
            SELECT * INTO compared FROM recent WHERE value < before
            SELECT r.*, d.name INTO named FROM readings r TIMESTAMP BY time JOIN devices d ON r.id = d.id
            SELECT * INTO merged FROM others
            SELECT id, value * 2 AS value INTO merged FROM readings TIMESTAMP BY time
            SELECT * INTO untouched FROM signals
            """);
    rows(
        "readings",
        """
        {"id":"a","time":"2023-01-01T00:00:01Z","value":7.5,"site":{"x":1.50,"tags":["\\u00e9"]},"ok":true}
        {"id":"b","time":"2023-01-01T00:00:02Z","value":2,"total":12345678901234567890}
        """);
    rows("devices", "{\"id\":\"a\",\"name\":\"north\"}\n");
    rows("others", "{\"id\":\"c\",\"value\":3,\"note\":null}\n");
    rows("signals", "{\"on\":true}\n");

    imported.writes(
        Map.of(
            "everything",
            """
            {"id":"c","value":3.0,"undeclared":"{\\"note\\":null}"}
            """,
            "compared",
            """
            {"id":"b","time":"2023-01-01T00:00:02Z","value":2.0,"before":7.5,"undeclared":"{\\"total\\":12345678901234567890}"}
            """,
            "named",
            """
            {"id":"a","time":"2023-01-01T00:00:01Z","value":7.5,"name":"north","undeclared":"{\\"site\\":{\\"x\\":1.50,\\"tags\\":[\\"\\\\u00e9\\"]},\\"ok\\":true}"}
            """,
            "merged",
            """
            {"id":"c","value":3.0,"undeclared":"{\\"note\\":null}"}
            {"id":"a","value":15.0,"undeclared":null}
            {"id":"b","value":4.0,"undeclared":null}
            """,
            "untouched",
            """
            {"undeclared":"{\\"on\\":true}"}
            """));
    assertThat(imported.job().files().get("job.yaml"))
        .contains("json.undeclared-column: undeclared");
  }

  @Test
  void areNotPartOfRecordsNorOfDeclaredInputs() throws Exception {
    JobImport job =
        imported(
                """
                CREATE TABLE others (id nvarchar(max))
                SELECT * INTO everything FROM others
                SELECT * INTO copies FROM readings TIMESTAMP BY time WHERE value > 1
                SELECT TopOne() OVER (ORDER BY value DESC) AS top INTO tops
                FROM readings TIMESTAMP BY time GROUP BY TumblingWindow(second, 5)
                """)
            .job();

    assertThat(job.files().get("job.yaml"))
        .containsOnlyOnce("METADATA FROM 'undeclared'")
        .containsOnlyOnce("json.undeclared-column: undeclared");
    assertThat(job.files().get("queries/tops.sql")).doesNotContain("undeclared");
    assertThat(messages(job, Finding.Kind.DECIDE))
        .contains(
            "SELECT * passes on the declared columns only: id",
            "SELECT * passes on all fields: time, value with the types of their columns, and as null if"
                + " an event does not have them; others as they are");
  }

  @Test
  void ofASecondInputAreReportedAndTheirNameIsKept() throws Exception {
    JobImport job =
        imported(
                """
                SELECT undeclared INTO names FROM readings
                SELECT a.*, b.* INTO pairs FROM readings a TIMESTAMP BY time
                JOIN others b ON DATEDIFF(second, a, b) BETWEEN 0 AND 5
                """)
            .job();

    assertThat(messages(job, Finding.Kind.DIFFERS))
        .contains("SELECT * of a second input passes on its declared columns only");
    assertThat(job.files().get("job.yaml"))
        .contains("undeclared: STRING\n", "undeclared_: STRING METADATA FROM 'undeclared'")
        .contains("json.undeclared-column: undeclared_");
  }

  @Test
  void ofARecordReachOutputsFlat() throws Exception {
    ImportedJob imported =
        imported(
            """
            WITH placed AS (SELECT id, position.* FROM readings)
            SELECT * INTO flat FROM placed
            SELECT id, site.* INTO known FROM others WHERE site.floor > 1
            """);
    rows(
        "readings",
        """
        {"id":"a","position":{"x":1.50,"tags":["b"]}}
        {"id":"b"}
        """);
    rows("others", "{\"id\":\"c\",\"site\":{\"floor\":2,\"room\":\"d\"}}\n");

    imported.writes(
        Map.of(
            "flat",
            """
            {"id":"a","undeclared_position":"{\\"x\\":1.50,\\"tags\\":[\\"b\\"]}"}
            {"id":"b","undeclared_position":null}
            """,
            "known",
            """
            {"id":"c","floor":2.0}
            """));
    assertThat(imported.job().files().get("job.yaml"))
        .contains("json.undeclared-column: undeclared_position");
    assertThat(messages(imported.job(), Finding.Kind.DIFFERS))
        .containsExactly(
            "site.* passes on the fields that queries name only: floor; give a sample with --sample INPUT=FILE for the others");
  }

  @Test
  void ofARecordNeedAnOutputOfTheirOwn() throws Exception {
    JobImport job =
        imported(
                "SELECT a.*, a.position.* INTO both FROM readings a SELECT id INTO ids FROM readings")
            .job();

    assertThat(messages(job, Finding.Kind.MISSING))
        .containsExactly(
            "output both: the fields of the record are not known; give a sample with --sample; the statement is left out");
  }

  @Test
  void areLostInOutputsThatAreNotJson() throws Exception {
    Path template =
        Files.writeString(
            folder.resolve("job.json"),
            """
            { "resources": [ { "type": "Microsoft.StreamAnalytics/streamingjobs", "name": "clicks",
              "properties": {
                "inputs": [ { "name": "clicks", "properties": { "type": "Stream",
                  "serialization": { "type": "Json" }, "datasource": { "type": "Microsoft.ServiceBus/EventHub",
                    "properties": { "serviceBusNamespace": "shop", "eventHubName": "clicks" } } } } ],
                "transformation": { "properties": { "query":
                  "SELECT * INTO pages FROM clicks WHERE page > 1 SELECT * INTO copy FROM clicks" } },
                "outputs": [ { "name": "pages", "properties": { "serialization": { "type": "Csv" },
                  "datasource": { "type": "Kafka", "properties": { "bootstrapServers": "kafka.example.com:9092",
                    "topicName": "pages", "securityProtocol": "None" } } } } ] } } ] }
            """);

    JobImport job = JobImport.of(template, Map.of(), Optional.empty());

    assertThat(job.files().get("queries/pages.sql")).doesNotContain("undeclared");
    assertThat(job.files().get("queries/copy.sql")).contains("undeclared");
    assertThat(messages(job, Finding.Kind.DECIDE))
        .contains("SELECT * passes on the declared columns only: page");
    assertThat(messages(job, Finding.Kind.DIFFERS))
        .anyMatch(message -> message.startsWith("SELECT * of 'clicks' also writes EventProcessed"));
  }

  private void rows(String input, String rows) throws Exception {
    Path test = Files.createDirectories(folder.resolve("job/tests/sample"));
    Files.writeString(test.resolve(input + ".jsonl"), rows);
  }

  private ImportedJob imported(String script) throws Exception {
    return ImportedJob.of(folder, script, Map.of());
  }

  private static List<String> messages(JobImport job, Finding.Kind kind) {
    return job.report().findings().stream()
        .filter(finding -> finding.kind() == kind)
        .map(Finding::message)
        .toList();
  }
}
