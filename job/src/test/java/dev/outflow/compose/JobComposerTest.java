package dev.outflow.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.OnConflict;
import dev.outflow.definition.Problem;
import dev.outflow.job.Definitions;
import dev.outflow.print.SqlScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The problems reported before anything runs; connects to no broker. */
class JobComposerTest {
  private static final String INPUT =
      """
      name: test
      inputs:
        orders:
          connector: kafka
          bootstrap-servers: localhost:1
          topic: orders
          format: json
          columns: { order_id: STRING, amount: "DECIMAL(10, 2)", placed_at: TIMESTAMP_LTZ(3) }
          event-time: { column: placed_at, out-of-order: 1500 ms }
      """;
  private static final String OUTPUT =
      """
      outputs:
        large:
          bootstrap-servers: localhost:1
          topic: large
          format: json
      """;

  private static final String UPSERT =
      """
          mode: upsert
          partition-key: order_id
      """;

  @TempDir private Path folder;

  @Test
  void warnsAboutACodecThatOnlySomeTiersOfEventHubsSupport() throws IOException {
    ComposedJob job =
        compose(
            INPUT
                + "queries: { large: SELECT order_id FROM orders }\n"
                + OUTPUT.replace("localhost:1", "my-namespace.servicebus.windows.net:9093")
                + """
                      security-protocol: sasl_ssl
                      sasl-mechanism: OAUTHBEARER
                      compression-type: gzip
                  """);

    assertThat(job.warnings())
        .extracting(Problem::property, Problem::message)
        .containsExactly(
            tuple(
                "outputs.large.compression-type",
                "gzip requires the Premium or Dedicated tier of Event Hubs"));
  }

  @Test
  void warnsAboutTopicsThatTheJobReadsAndWrites() throws IOException {
    ComposedJob job =
        compose(
            INPUT
                + "queries: { large: SELECT order_id FROM orders }\n"
                + OUTPUT
                    .replace("localhost:1", "other:1, LOCALHOST:1")
                    .replace("topic: large", "topic: orders")
                + """
                      on-error: dead-letter
                      dead-letter-topic: bad
                  """);

    assertThat(job.planWarnings())
        .extracting(Problem::property, Problem::message)
        .containsExactly(
            tuple(
                "outputs.large.topic",
                "'orders' is also the topic of inputs.orders: the job reads what it writes, so"
                    + " records can multiply without end; use another topic, or leave out the job's"
                    + " own records in the query"));
  }

  @Test
  void warnsAboutAPatternThatMatchesWhatTheJobWrites() throws IOException {
    ComposedJob job =
        compose(
            INPUT.replaceFirst("topic: \\w+", "topic-pattern: 'large|bad|orders-.*'")
                + "queries: { large: SELECT order_id FROM orders }\n"
                + OUTPUT
                + """
                      on-error: dead-letter
                      dead-letter-topic: bad
                  """);

    assertThat(job.planWarnings())
        .extracting(Problem::property)
        .containsExactly("outputs.large.topic", "outputs.large.dead-letter-topic");
    assertThat(job.planWarnings().get(0).message())
        .startsWith("'large' matches topic-pattern of inputs.orders: the job reads what it writes");
  }

  @Test
  void doesNotWarnAboutTheSameTopicOnOtherBrokers() throws IOException {
    assertThat(
            compose(
                    INPUT
                        + "queries: { large: SELECT order_id FROM orders }\n"
                        + OUTPUT
                            .replace("localhost:1", "other:1")
                            .replace("topic: large", "topic: orders"))
                .warnings())
        .isEmpty();
  }

  @Test
  void warnsAboutFlinkOptionsThatAreRarelyMeant() throws IOException {
    ComposedJob job =
        compose(
            INPUT
                + "queries: { large: SELECT order_id FROM orders }\n"
                + OUTPUT
                + """
                flink:
                  execution.checkpointing.interval: 10
                  execution.checkpointing.timeout: 600000
                  restart-strategy.fixed-delay.delay: 500 ms
                  parallelism.default: 40000
                """);

    assertThat(job.planWarnings())
        .extracting(Problem::property, Problem::message)
        .containsExactly(
            tuple(
                "flink.execution.checkpointing.interval",
                "is 10 milliseconds, because Flink's default unit is ms; write the unit, e.g. 10 s"
                    + " or 10 ms"),
            tuple(
                "flink.parallelism.default",
                "is 40000, but the maximum parallelism is 32768; Flink will not start the job with"
                    + " more subtasks than that; lower it"));
  }

  @Test
  void declaresColumnsOfEmptyLiteralsAsStringsAtAnyDepth() throws IOException {
    ComposedJob job =
        compose(
            INPUT
                + """
                queries:
                  large: >-
                    SELECT '' AS note, X'' AS raw_bytes, ARRAY[''] AS list, MAP['', ''] AS pairs,
                    ROW('', ARRAY['', '']) AS nested, COALESCE(order_id, '') AS id FROM orders
                """
                + OUTPUT);

    assertThat(job.ddl().get("large"))
        .contains(
            """
              `note` VARCHAR(2147483647) NOT NULL,
              `raw_bytes` VARBINARY(2147483647) NOT NULL,
              `list` ARRAY<VARCHAR(2147483647) NOT NULL> NOT NULL,
              `pairs` MAP<VARCHAR(2147483647) NOT NULL, VARCHAR(2147483647) NOT NULL> NOT NULL,
              `nested` ROW<`EXPR$0` VARCHAR(2147483647) NOT NULL, `EXPR$1` ARRAY<VARCHAR(2147483647) NOT NULL> NOT NULL> NOT NULL,
              `id` VARCHAR(2147483647) NOT NULL
            """);
    assertThat(job.operators()).contains("large");
  }

  @Test
  void rejectsWindowsOfWhichFlinkLosesRecordsInATimeZone() throws IOException {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> compose(windows("Asia/Kolkata", "'1' HOUR")))
        .extracting(InvalidDefinitionException::problems, list(Problem.class))
        .extracting(Problem::property, Problem::message)
        .containsExactly(
            tuple(
                "flink.table.local-time-zone",
                "Flink loses records of windows in Asia/Kolkata, because its offset from UTC is not"
                    + " a multiple of their length or slide (output 'large': TUMBLE of 1 h); remove"
                    + " it to use UTC, or write GROUP BY TUMBLE(...) or HOP(...) instead of FROM"
                    + " TABLE(...)"));
  }

  @Test
  void acceptsWindowsThatFlinkCutsRightInATimeZone() throws IOException {
    assertThat(compose(windows("Asia/Kolkata", "'30' MINUTE")).warnings()).isEmpty();
    assertThat(compose(windows("Europe/Berlin", "'1' DAY")).warnings()).isEmpty();
    assertThat(
            compose(
                    INPUT
                        + """
                        queries:
                          large: >
                            SELECT TUMBLE_END(placed_at, INTERVAL '1' DAY) AS until, COUNT(*) AS n
                            FROM orders GROUP BY TUMBLE(placed_at, INTERVAL '1' DAY)
                        flink: { table.local-time-zone: Asia/Kolkata }
                        """
                        + OUTPUT)
                .warnings())
        .isEmpty();
  }

  @Test
  void warnsThatWindowsOfAJobWithDataStreamsAreNotChecked() {
    ComposedJob job =
        Definitions.compose(
            DefinitionReader.draft(
                DefinitionSource.of("../conf/examples/distinct-orders.yaml")
                    .with(List.of("flink.table.local-time-zone=Europe/Berlin"))));

    assertThat(job.warnings())
        .extracting(Problem::property, Problem::message)
        .containsExactly(
            tuple(
                "flink.table.local-time-zone",
                "the windows of 'distinct_orders' are not checked, because a transformation with"
                    + " DataStreams has no compiled plan; in UTC all are correct"));
  }

  private static String windows(String zone, String interval) {
    return INPUT
        + """
          queries:
            large: >
              SELECT window_end, COUNT(*) AS n
              FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(placed_at), INTERVAL %s))
              GROUP BY window_start, window_end
          flink: { table.local-time-zone: %s }
          """
            .formatted(interval, zone)
        + OUTPUT;
  }

  @Test
  void printsTheSqlThatRuns() throws IOException {
    String sql =
        SqlScript.of(
            compose(
                INPUT
                    + """
                    queries:
                      named: SELECT order_id AS id, amount FROM orders
                      large: SELECT * FROM named WHERE amount > 100;
                    """
                    + OUTPUT
                    + "    kafka: { client.id: it's me }\n"));

    assertThat(sql)
        .isEqualTo(
            """
            SET 'execution.checkpointing.externalized-checkpoint-retention' = 'RETAIN_ON_CANCELLATION';
            SET 'execution.checkpointing.interval' = '10 s';
            SET 'pipeline.name' = 'test';
            SET 'pipeline.object-reuse' = 'true';
            SET 'table.local-time-zone' = 'UTC';

            LOAD MODULE outflow;

            CREATE TEMPORARY TABLE `orders` (
              `order_id` STRING,
              `amount` DECIMAL(10, 2),
              `placed_at` TIMESTAMP_LTZ(3),
              WATERMARK FOR `placed_at` AS `placed_at` - INTERVAL '0 00:00:01.500' DAY(3) TO SECOND(3)
            ) WITH (
              'connector' = 'kafka-input',
              'bootstrap-servers' = 'localhost:1',
              'format' = 'json',
              'topic' = 'orders'
            );

            CREATE TEMPORARY TABLE `large` (
              `id` VARCHAR(2147483647),
              `amount` DECIMAL(10, 2)
            ) WITH (
              'connector' = 'kafka-output',
              'bootstrap-servers' = 'localhost:1',
              'format' = 'json',
              'kafka.client.id' = 'it''s me',
              'topic' = 'large'
            );

            CREATE TEMPORARY VIEW `named` AS
            SELECT order_id AS id, amount FROM orders;

            EXECUTE STATEMENT SET
            BEGIN
            INSERT INTO `large`
            SELECT * FROM named WHERE amount > 100;
            END;
            """);
  }

  @Test
  void reportsSyntaxErrorsOfAQueryFileAtTheirLineAndColumn() throws IOException {
    Files.writeString(folder.resolve("large.sql"), "SELECT order_id\nFORM orders\n");
    assertProblem(
        INPUT + "queries: { large: large.sql }\n" + OUTPUT,
        "large.sql:2:6  Encountered \"orders\"");
  }

  @Test
  void reportsUnknownColumnsAndTablesAtTheirLineAndColumn() throws IOException {
    Files.writeString(folder.resolve("large.sql"), "SELECT order_id,\n  amuont\nFROM orders\n");
    assertProblem(
        INPUT + "queries: { large: large.sql }\n" + OUTPUT,
        "large.sql:2:3  Column 'amuont' not found in any table");
    assertProblem(
        INPUT + "queries: { large: SELECT * FROM ordes }\n" + OUTPUT,
        "job.yaml:10:12  queries.large  line 1, column 15: Object 'ordes' not found");
  }

  @Test
  void rejectsAnUpdatingQueryForAnOutputThatAppends() {
    assertProblem(
        INPUT + "queries: { large: SELECT COUNT(*) AS orders FROM orders }\n" + OUTPUT,
        "job.yaml:12:3  outputs.large  the query updates rows that it has already emitted, but this"
            + " output appends rows; aggregate in a window (TUMBLE, HOP, CUMULATE), or set"
            + " 'mode: upsert' with a 'partition-key', or write each change with TO_CHANGELOG in a"
            + " query or format debezium-json (see docs/updates.md) (Flink: update changes which is"
            + " produced by node GroupAggregate(");
  }

  @Test
  void writesUpdatesOfTheKeyOfTheResult() throws IOException {
    ComposedJob job =
        compose(
            INPUT
                + "queries: { large: 'SELECT order_id, SUM(amount) AS total FROM orders GROUP BY order_id' }\n"
                + OUTPUT
                + UPSERT);

    assertThat(job.ddl().get("large"))
        .contains("PRIMARY KEY (`order_id`) NOT ENFORCED", "'mode' = 'upsert'");
    assertThat(job.onConflict()).isEmpty();
    assertThat(job.plan().statements().explain())
        .doesNotContain("NotNullEnforcer", "upsertMaterialize");
  }

  @Test
  void keepsNoStateToWriteTheLastOfNewRowsWithTheSameKey() throws IOException {
    ComposedJob job =
        compose(INPUT + "queries: { large: SELECT * FROM orders }\n" + OUTPUT + UPSERT);

    assertThat(job.onConflict()).containsExactly(entry("large", OnConflict.DEDUPLICATE));
    assertThat(SqlScript.of(job))
        .contains("INSERT INTO `large`\nSELECT * FROM orders\nON CONFLICT DO DEDUPLICATE;\n");
    assertThat(job.plan().statements().explain()).doesNotContain("upsertMaterialize");
  }

  @Test
  void rejectsAKeyThatDoesNotIdentifyTheRowsOfTheResultUnlessConflictsAreResolved()
      throws IOException {
    String grouped =
        INPUT
            + "queries: { large: 'SELECT order_id, amount, COUNT(*) AS n FROM orders GROUP BY order_id, amount' }\n"
            + OUTPUT
            + UPSERT;
    assertProblem(
        grouped,
        "job.yaml:17:5  outputs.large.partition-key  'order_id' does not identify the rows of the"
            + " result; [order_id, amount] does, so rows with the same key would overwrite each"
            + " other; set partition-key to the columns that do, or 'on-conflict' to deduplicate,"
            + " error or nothing");
    assertProblem(
        INPUT
            + "queries: { large: 'SELECT UPPER(order_id) AS order_id, COUNT(*) AS n FROM orders GROUP BY order_id' }\n"
            + OUTPUT
            + UPSERT,
        "job.yaml:17:5  outputs.large.partition-key  'order_id' does not identify the rows of the"
            + " result as far as Flink can tell, so rows with the same key would overwrite");
    for (OnConflict chosen : OnConflict.values()) {
      ComposedJob job = compose(grouped + "    on-conflict: %s\n".formatted(chosen));
      assertThat(job.onConflict()).containsExactly(entry("large", chosen));
      assertThat(job.plan().statements().explain())
          .contains("upsertMaterialize=[true], conflictStrategy=[%s]".formatted(chosen.name()));
    }
  }

  @Test
  void reportsInputsWithoutTheEventTimeThatAResolutionOfConflictsRequires() {
    assertProblem(
        INPUT.replaceFirst("(?m)^ +event-time.*\n", "")
            + "queries: { large: 'SELECT order_id, amount, COUNT(*) AS n FROM orders GROUP BY order_id, amount' }\n"
            + OUTPUT
            + UPSERT
            + "    on-conflict: error\n",
        "job.yaml:17:5  outputs.large.on-conflict  'error' compares rows when event time advances, but these"
            + " inputs have no 'event-time': orders; declare it, or use deduplicate");
  }

  @Test
  void reportsConflictsThatFlinkDoesNotResolve() {
    assertProblem(
        INPUT
            + "queries: { large: SELECT * FROM orders }\n"
            + OUTPUT
            + UPSERT
            + "    on-conflict: nothing\nflink: { table.exec.sink.upsert-materialize: none }\n",
        "job.yaml:18:5  outputs.large.on-conflict  has no effect with flink.table.exec.sink.upsert-materialize"
            + " 'NONE'; remove one");
  }

  @Test
  void acceptsUpdatesAsRowsOfTheirOwn() throws IOException {
    ComposedJob job =
        compose(
            INPUT
                + """
                  queries:
                    totals: SELECT order_id, SUM(amount) AS total FROM orders GROUP BY order_id
                    large: SELECT * FROM TO_CHANGELOG(input => TABLE totals)
                  """
                + OUTPUT);

    assertThat(job.outputColumns().get("large").getColumnNames())
        .containsExactly("op", "order_id", "total");
    assertThat(
            compose(
                    INPUT
                        + "queries: { large: SELECT COUNT(*) AS n FROM orders }\n"
                        + OUTPUT.replace("format: json", "format: debezium-json"))
                .operators())
        .anyMatch(operator -> operator.startsWith("GroupAggregate"));
  }

  @Test
  void rejectsAPartitionKeyThatIsNotInTheResult() {
    assertProblem(
        INPUT
            + "queries: { large: SELECT amount FROM orders }\n"
            + OUTPUT
            + "    partition-key: order_id\n",
        "job.yaml:16:5  outputs.large.partition-key  unknown column 'order_id'; expected one of amount");
  }

  @Test
  void rejectsAnUnknownFormatAndListsTheAvailableOnes() {
    assertProblem(
        INPUT + "queries: { large: SELECT * FROM orders }\n" + OUTPUT.replace("json", "jsn"),
        "job.yaml:15:5  outputs.large.format  format 'jsn' not found on the class path; available:"
            + " avro, ");
    assertProblem(
        INPUT.replace("format: json", "format: jsn")
            + "queries: { large: SELECT * FROM orders }\n"
            + OUTPUT,
        "job.yaml:7:5  inputs.orders.format  format 'jsn' not found on the class path; available:"
            + " avro, ");
  }

  @Test
  void rejectsAnUnknownFormatOption() {
    assertProblem(
        INPUT
            + "queries: { large: SELECT * FROM orders }\n"
            + OUTPUT
            + "    json: { no-such: 1 }\n",
        "job.yaml:16:13  outputs.large.json.no-such  unknown key; expected one of ");
  }

  @Test
  void rejectsExactlyOnceWithoutCheckpoints() {
    assertProblem(
        INPUT
            + "queries: { large: SELECT * FROM orders }\n"
            + OUTPUT
            + "flink: { execution.checkpointing.interval: 0 s }\n",
        "job.yaml:12:3  outputs.large.delivery-guarantee  exactly-once requires checkpoints, which"
            + " are off; ");
  }

  @Test
  void rejectsInvalidFlinkOptions() {
    String job = INPUT + "queries: { large: SELECT * FROM orders }\n" + OUTPUT;
    assertProblem(
        job + "flink: { execution.checkpointing.interval: 10 parsecs }\n",
        "job.yaml:16:10  flink.execution.checkpointing.interval  Could not parse value");
    assertProblem(
        job + "flink: { parallelism.default: many }\n",
        "job.yaml:16:10  flink.parallelism.default  Could not parse value 'many'");
    assertProblem(
        job + "flink: { execution.checkpointing.interval: 5 ms }\n", "job.yaml:16:1  flink  ");
  }

  @Test
  void doesNotPrintSecrets() throws IOException {
    ComposedJob job =
        compose(
            INPUT
                + "queries: { large: SELECT * FROM orders }\n"
                + OUTPUT
                + "    kafka: { sasl.jaas.config: \"it's hunter2\", ssl.key.password: \"${env:P}\""
                + " }\n");

    assertThat(SqlScript.of(job))
        .contains("'kafka.sasl.jaas.config' = '******'")
        .contains("'kafka.ssl.key.password' = '${env:P}'")
        .doesNotContain("hunter2");
    assertThat(job.toString()).doesNotContain("hunter2");
  }

  @Test
  void reportsMistakesInAnInputAQueryAndAPartitionKeyAtOnceAndWhatWasNotChecked() {
    assertProblems(
        """
        name: test
        inputs:
          orders:
            connector: kafka
            bootstrap-servers: localhost:1
            topic: orders
            format: json
            columns: { order_id: STRING, amount: MONEY, paid_at: TIMESTAMP_LTZ(3) }
            event-time: { column: paidat, out-of-order: 5 }
        queries:
          large: SELECT order_idd, paid_at FROM orders
          sums: |
            SELECT SUM(amount) AS total, window_end
            FROM TUMBLE(TABLE orders, DESCRIPTOR(paid_at), INTERVAL '1' MINUTE)
            GROUP BY window_start, window_end
          broken: SELECT order_id FROM orders WHERE
        outputs:
          large: { bootstrap-servers: localhost:1, topic: a, format: json, partition-key: citi }
          sums: { bootstrap-servers: localhost:1, topic: b, format: json }
          broken: { bootstrap-servers: localhost:1, topic: c, format: json, partition-key: [order_id, oder_id] }
        """,
        "8:34  inputs.orders.columns.amount  'MONEY' is not a valid column type: Unknown identifier 'MONEY'",
        "9:19  inputs.orders.event-time.column  unknown column 'paidat'; did you mean 'paid_at'?",
        "9:35  inputs.orders.event-time.out-of-order  '5' is invalid; expected e.g. 5 s",
        "11:3  queries.large  line 1, column 8: Column 'order_idd' not found in any table; did you mean 'order_id'?",
        "16:3  queries.broken  line 1, column 33: Encountered \"<EOF>\".",
        "18:68  outputs.large.partition-key  unknown column 'citi'; expected one of order_id, paid_at",
        "20:69  outputs.broken.partition-key  unknown column 'oder_id'; did you mean 'order_id'?",
        "10:1  queries  not checked: sums, because inputs.orders.columns.amount is invalid",
        "17:1  outputs  format and partition-key of broken, sums not checked, because the columns of the result are unknown");
  }

  @Test
  void acceptsTheDocumentedLeftJoinWithReferenceData() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "migrate.md"));
    String example = page.substring(page.indexOf("inputs:\n  customers:"));
    String[] parts = example.substring(0, example.indexOf("```")).split("(?=queries:)", 2);

    ComposedJob job =
        compose(
            INPUT.replace("order_id: STRING", "order_id: STRING, customer: STRING")
                + parts[0].replace("inputs:\n", "")
                + parts[1]
                + OUTPUT.replace("large:", "named_orders:"));

    assertThat(job.outputColumns().get("named_orders").getColumnNames())
        .containsExactly("order_id", "name", "placed_at");
  }

  @Test
  void writesAnEmptyTextAsAColumnOfTypeString() throws IOException {
    assertThat(
            SqlScript.of(
                compose(
                    INPUT + "queries: { large: \"SELECT '' AS note FROM orders\" }\n" + OUTPUT)))
        .contains("`note` VARCHAR(2147483647) NOT NULL");
  }

  @Test
  void rejectsAnInvalidColumnType() {
    assertProblem(
        INPUT.replace("order_id: STRING", "order_id: TEXT(")
            + "queries: { large: SELECT * FROM orders }\n"
            + OUTPUT,
        "job.yaml:8:16  inputs.orders.columns.order_id  'TEXT(' is not a valid column type");
  }

  @Test
  void rejectsAnUnknownConnector() {
    assertProblem(
        """
        name: test
        inputs:
          orders: { connector: kafak, columns: { n: INT } }
        queries: { large: SELECT * FROM orders }
        """
            + OUTPUT,
        "job.yaml:3:13  inputs.orders.connector  connector 'kafak' not found on the class path;"
            + " available: ");
  }

  @Test
  void rejectsAMissingTransformationAndUnexpectedTables() {
    assertProblem(
        INPUT + "transformation: com.acme.Missing\n" + OUTPUT,
        "job.yaml:10:1  transformation  class com.acme.Missing not found on the class path; is it"
            + " in the jar?");
    assertProblem(
        INPUT + "transformation: java.lang.String\n" + OUTPUT,
        "job.yaml:10:1  transformation  java.lang.String does not implement"
            + " dev.outflow.transformation.Transformation");
    assertProblem(
        INPUT + "transformation: dev.outflow.example.DistinctOrders\n" + OUTPUT,
        "job.yaml:10:1  transformation  returns 'distinct_orders', which is not an output\n"
            + folder
            + "/job.yaml:12:3  outputs.large  the transformation returns no table of this name");
    assertProblem(INPUT + OUTPUT, "job.yaml  has neither 'queries' nor 'transformation'");
  }

  @Test
  void reportsProblemsOfInputsAndOutputsTogether() {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(
            () ->
                compose(
                    INPUT
                        + "    start: yesterday\n"
                        + "queries: { large: SELECT * FROM orders }\n"
                        + OUTPUT
                        + "    partitioner: crc32\n"))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.property())
                    .containsExactly("inputs.orders.start", "outputs.large.partitioner"));
  }

  private void assertProblem(String yaml, String message) {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> compose(yaml))
        .withMessageStartingWith(folder + "/" + message);
  }

  private void assertProblems(String yaml, String... lines) {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> compose(yaml))
        .satisfies(
            e ->
                assertThat(e.getMessage().replace(folder + "/job.yaml:", "").lines())
                    .containsExactly(lines));
  }

  private ComposedJob compose(String yaml) throws IOException {
    return Definitions.compose(Definitions.read(folder, yaml));
  }
}
