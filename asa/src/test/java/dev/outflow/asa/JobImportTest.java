package dev.outflow.asa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.asa.project.NotAnAsaJobException;
import dev.outflow.asa.report.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects, templates and scripts become jobs that Flink's planner accepts, and reports. */
class JobImportTest {
  private static final Path EXAMPLE = Path.of("..", "conf", "examples", "asa");

  @TempDir private Path folder;

  @Test
  void importsTheShippedExample() throws Exception {
    JobImport job = JobImport.of(EXAMPLE, Map.of(), Optional.empty());

    assertThat(job.report().lines().get(job.report().lines().size() - 1))
        .isEqualTo("3 statements: 3 translated, 0 left out; 6 decisions, 0 missing");
    assertThat(job.files().get("job.yaml"))
        .contains("late: 15 s", "partition-key: roomId", "compression-type: lz4")
        .contains("json.min-fraction-digits: \"7\"")
        .contains("password: ${env:ALERTS_CONNECTION_STRING}", "on-error: drop");
    ImportedJob.of(folder, job)
        .writes(
            Map.of(
                "Averages",
                """
                {"roomId":"north","average":5.0,"readings":2,"windowEnd":"2026-11-24T10:01:00Z"}
                {"roomId":"south","average":9.5,"readings":1,"windowEnd":"2026-11-24T10:01:00Z"}
                {"roomId":"south","average":8.0,"readings":1,"windowEnd":"2026-11-24T10:02:00Z"}
                """,
                "Alerts",
                """
                {"roomId":"north","sinceLast":30}
                """,
                "Dashboard",
                """
                {"roomId":"south","warmest":9.5}
                {"roomId":"south","warmest":9.5}
                """));
  }

  @Test
  void importsTemplatesWithParametersAndSeparateChildren() throws Exception {
    Path template =
        file(
            "azuredeploy.json",
            """
            { "parameters": { "hub": { "type": "string" }, "jobName": { "defaultValue": "clicks" } },
              "variables": { "query": "SELECT user, page INTO [page-views] FROM Clicks" },
              "resources": [
                { "type": "Microsoft.StreamAnalytics/StreamingJobs", "name": "[concat(parameters('jobName'), '-job')]",
                  "properties": { "eventsOutOfOrderPolicy": "Drop", "OutputErrorPolicy": "Stop",
                    "Inputs": [ { "name": "clicks", "properties": { "type": "Stream",
                      "serialization": { "type": "Json" },
                      "dataSource": { "type": "Microsoft.ServiceBus/EventHub", "properties": {
                        "serviceBusNamespace": "shop", "eventHubName": "[parameters('hub')]",
                        "sharedAccessPolicyKey": "c2VjcmV0LWtleQ==", "authenticationMode": "ConnectionString" } } } } ],
                    "transformation": { "name": "t", "properties": { "streamingUnits": 1, "query": "[variables('query')]" } } } },
                { "type": "Microsoft.StreamAnalytics/streamingjobs/outputs", "name": "clicks-job/page-views",
                  "properties": { "serialization": { "type": "Json", "properties": { "format": "Array" } },
                    "datasource": { "type": "Kafka", "properties": { "bootstrapServers": "kafka.example.com:9092",
                      "topic": "page-views", "securityProtocol": "None", "password": "hunter2" } } } } ] }
            """);
    Path parameters =
        file("parameters.json", "{\"parameters\":{\"hub\":{\"value\":\"clicks-hub\"}}}");

    JobImport job = JobImport.of(template, Map.of(), Optional.of(parameters));

    assertThat(job.name()).isEqualTo("clicks-job");
    assertThat(job.files().get("job.yaml"))
        .contains("bootstrap-servers: shop.servicebus.windows.net:9093", "topic: clicks-hub")
        .contains("  page_views:\n    bootstrap-servers: kafka.example.com:9092");
    assertThat(messages(job, Finding.Kind.DIFFERS))
        .contains("'page-views' is an array of objects in ASA; here each message is one object");
    assertThat(job.files().toString()).doesNotContain("hunter2", "c2VjcmV0");
    assertThat(job.report().json()).doesNotContain("hunter2", "c2VjcmV0");
  }

  @Test
  void encryptsWhatAnUnknownSecurityProtocolMayProtectAndReportsCompressedEvents()
      throws Exception {
    Path template =
        file(
            "job.json",
            """
            { "resources": [ { "type": "Microsoft.StreamAnalytics/streamingjobs", "name": "clicks",
              "properties": {
                "inputs": [ { "name": "clicks", "properties": { "type": "Stream",
                  "compression": { "type": "Deflate" }, "serialization": { "type": "Json" },
                  "datasource": { "type": "Kafka", "properties": { "bootstrapServers": "kafka.example.com:9092",
                    "topicName": "clicks", "securityProtocol": "Kerberos" } } } } ],
                "transformation": { "properties": { "query": "SELECT page INTO pages FROM clicks" } },
                "outputs": [ { "name": "pages", "properties": { "serialization": { "type": "Json" },
                  "datasource": { "type": "Kafka", "properties": { "bootstrapServers": "kafka.example.com:9092",
                    "topicName": "pages", "securityProtocol": "None" } } } } ] } } ] }
            """);

    JobImport job = JobImport.of(template, Map.of(), Optional.empty());

    assertThat(job.files().get("job.yaml")).containsOnlyOnce("security-protocol: sasl_ssl");
    assertThat(messages(job, Finding.Kind.MISSING))
        .containsExactlyInAnyOrder(
            "the security protocol 'Kerberos' of 'clicks' is unknown; expected one of mTLS, SASL_SSL,"
                + " SASL_PLAINTEXT, None; it is sasl_ssl here",
            "the events of 'clicks' are compressed with deflate, which Outflow does not read; let Kafka"
                + " compress them");
  }

  @Test
  void importsProjectsOfVisualStudio() throws Exception {
    file(
        "Job.asaproj",
        """
        \ufeff<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
          <ItemGroup><Configure Include="Inputs\\Orders.json"><SubType>Input</SubType></Configure></ItemGroup>
          <ItemGroup><Script Include="Script.asaql" /></ItemGroup>
        </Project>
        """
            .strip());
    file("Script.asaql", "SELECT id INTO out FROM orders");
    file(
        "Inputs/Orders.json",
        "\ufeff{\"Name\":\"Orders\",\"Type\":\"Data Stream\",\"DataSourceType\":\"IoT Hub\"}");

    JobImport job = JobImport.of(folder, Map.of(), Optional.empty());

    assertThat(job.name()).isEqualTo("Job");
    assertThat(job.files()).containsKeys("job.yaml", "queries/out.sql", "import.md");
    assertThat(messages(job, Finding.Kind.DECIDE))
        .anyMatch(message -> message.startsWith("IoT Hub has no Kafka endpoint"));
  }

  @Test
  void leavesOutAStatementAsAWholeAndKeepsItsText() throws Exception {
    Path script =
        file(
            "job.asaql",
            """
            SELECT deviceId, AnomalyDetection(t) OVER (LIMIT DURATION(second, 120)) AS s
            INTO alerts FROM sensors
            SELECT deviceId INTO ids FROM sensors
            """);

    JobImport job = JobImport.of(script, Map.of(), Optional.empty());

    assertThat(job.report().isComplete()).isFalse();
    assertThat(job.files()).containsKey("queries/ids.sql").doesNotContainKey("queries/alerts.sql");
    assertThat(job.files().get("queries/left-out.sql"))
        .contains("job.asaql:1:18", "--   INTO alerts FROM sensors");
    assertThat(job.report().lines().get(job.report().lines().size() - 1))
        .isEqualTo("2 statements: 1 translated, 1 left out; 3 decisions, 1 missing");
  }

  @Test
  void readsTheStepOfTheSameQueryIfStepsHaveOneName() throws Exception {
    Path script =
        file(
            "job.asaql",
            """
            WITH s AS (SELECT a FROM x) SELECT a INTO one FROM s
            WITH s AS (SELECT b AS a FROM x) SELECT a INTO two FROM s
            """);

    JobImport job = JobImport.of(script, Map.of(), Optional.empty());

    assertThat(job.report().translated()).isEqualTo(2);
    assertThat(job.files().get("queries/one.sql")).contains("`s`.`a`").doesNotContain("s_2");
    assertThat(job.files().get("queries/two.sql")).contains("`s_2` AS `s`");
  }

  @Test
  void leavesOutOnlyTheStatementWithAColumnThatIsNotGrouped() throws Exception {
    Path script =
        file(
            "job.asaql",
            """
            SELECT a, b, COUNT(*) AS n INTO o FROM x GROUP BY a, TumblingWindow(second, 5)
            SELECT a, r.c AS b, COUNT(*) AS n INTO o FROM x GROUP BY a, r.c, TumblingWindow(second, 5)
            SELECT a, b, COUNT(*) AS n INTO p FROM x GROUP BY a, SlidingWindow(second, 5)
            """);

    JobImport job = JobImport.of(script, Map.of(), Optional.empty());

    assertThat(job.files()).containsKey("queries/o.sql").doesNotContainKey("queries/p.sql");
    assertThat(messages(job, Finding.Kind.MISSING))
        .hasSize(2)
        .allMatch(message -> message.contains("'b' is neither in GROUP BY nor an argument"));
  }

  @Test
  void readsATopicTwiceIfQueriesUseSeveralTimes() throws Exception {
    Path script =
        file(
            "job.asaql",
            """
            SELECT COUNT(*) AS n, a INTO byArrival FROM x GROUP BY a, TumblingWindow(day, 1)
            SELECT COUNT(*) AS n, a INTO byTime FROM x TIMESTAMP BY t GROUP BY a, TumblingWindow(day, 1)
            SELECT COUNT(*) AS n INTO byOther FROM x TIMESTAMP BY u GROUP BY TumblingWindow(day, 1)
            SELECT t INTO all_of FROM x
            """);

    JobImport job = JobImport.of(script, Map.of(), Optional.empty());

    assertThat(job.report().isComplete()).as(job.report().markdown()).isTrue();
    assertThat(job.files().get("queries/byTime.sql")).contains("TABLE `x`, DESCRIPTOR(`t`)");
    assertThat(job.files().get("queries/byArrival.sql"))
        .contains("DESCRIPTOR(`EventEnqueuedUtcTime`)");
    assertThat(job.files().get("queries/byOther.sql")).contains("DESCRIPTOR(`u`)");
    assertThat(messages(job, Finding.Kind.DECIDE))
        .anyMatch(
            message ->
                message.startsWith("queries use several event times of 'x': inputs x, x_2, x_3"))
        .filteredOn(message -> message.contains("columns.a is STRING"))
        .hasSize(1);
  }

  @Test
  void takesTypesFromDeclarationsThenSamplesThenTheQuery() throws Exception {
    Path script =
        file(
            "job.asaql",
            """
            CREATE TABLE declared (id bigint, name nvarchar(max), at datetime)
            SELECT d.ID, d.Name, s.Value, s.extra INTO out
            FROM declared d TIMESTAMP BY at
            JOIN sampled s TIMESTAMP BY s.time ON DATEDIFF(minute, d, s) BETWEEN 0 AND 5 AND s.id = d.id
            SELECT id, a * 2 AS a, b, c INTO guesses FROM guessed WHERE b = 'x'
            """);
    Path sample = file("s.json", "[{\"id\":1,\"time\":\"2026-01-01T00:00:00Z\",\"value\":1.5}]");

    JobImport job = JobImport.of(script, Map.of("sampled", sample), Optional.empty());

    assertThat(job.report().translated()).as(job.report().markdown()).isEqualTo(2);
    assertThat(job.files().get("job.yaml"))
        .contains("id: BIGINT\n      name: STRING\n      at: TIMESTAMP_LTZ(3)")
        .contains(
            "id: BIGINT\n      time: TIMESTAMP_LTZ(3)\n      value: DOUBLE\n      extra: STRING")
        .contains("id: STRING\n      a: DOUBLE\n      b: STRING\n      c: STRING");
    assertThat(messages(job, Finding.Kind.DECIDE))
        .contains(
            "inputs.sampled.columns.extra is STRING: only passed on, not in the sample",
            "inputs.guessed.columns.a is DOUBLE: used as a number");
  }

  @Test
  void readsPropertiesOfMessagesFromHeaders() throws Exception {
    Path script =
        file(
            "job.asaql",
            """
            SELECT i.IoTHub.ConnectionDeviceId AS device, GetMetadataPropertyValue(i, '[User].[Trace-Id]') AS trace, v
            INTO out FROM telemetry i
            SELECT IoTHub.EnqueuedTime AS t INTO other FROM telemetry
            SELECT GetMetadataPropertyValue(telemetry, 'EventId') AS id INTO ids FROM telemetry
            SELECT GetMetadataPropertyValue(telemetry, 'MessageId') AS id INTO messages FROM telemetry
            SELECT Trace_Id INTO clash FROM telemetry
            """);

    JobImport job = JobImport.of(script, Map.of(), Optional.empty());

    assertThat(job.files().get("job.yaml"))
        .contains(
            "header-encoding: amqp",
            "iothub_connection_device_id: STRING METADATA FROM 'headers.iothub-connection-device-id'",
            "Trace_Id: STRING METADATA FROM 'headers.Trace-Id'",
            "PartitionId: INT METADATA FROM 'partition'",
            "EventOffset: BIGINT METADATA FROM 'offset'");
    assertThat(job.files().get("queries/ids.sql"))
        .contains(
            "CAST(`telemetry`.`PartitionId` AS STRING) || '-' || CAST(`telemetry`.`EventOffset` AS STRING)");
    assertThat(job.report().translated()).as(job.report().markdown()).isEqualTo(2);
    assertThat(messages(job, Finding.Kind.DIFFERS))
        .anyMatch(message -> message.contains("EventId is the partition and the offset"));
    assertThat(messages(job, Finding.Kind.MISSING))
        .anyMatch(message -> message.contains("output other: IoTHub.EnqueuedTime: name the header"))
        .anyMatch(
            message -> message.contains("output messages: GetMetadataPropertyValue is supported"))
        .anyMatch(message -> message.contains("output clash: the column 'Trace_Id' has the name"));
  }

  @Test
  void saysWhatAPathShouldBe() throws IOException {
    Path other = file("other.json", "{\"a\":1}");

    assertThatThrownBy(() -> JobImport.of(other, Map.of(), Optional.empty()))
        .isInstanceOf(NotAnAsaJobException.class)
        .hasMessageContaining("contains no job of type Microsoft.StreamAnalytics/streamingjobs");
    assertThatThrownBy(() -> JobImport.of(folder, Map.of(), Optional.empty()))
        .isInstanceOf(NotAnAsaJobException.class)
        .hasMessageContaining("contains no asaproj.json");
  }

  private static List<String> messages(JobImport job, Finding.Kind kind) {
    return job.report().findings().stream()
        .filter(finding -> finding.kind() == kind)
        .map(Finding::message)
        .toList();
  }

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
