package dev.outflow.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.Problem;
import dev.outflow.job.Definitions;
import dev.outflow.print.SqlScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void rejectsAnUpdatingQueryForAnAppendOnlyFormat() {
    assertProblem(
        INPUT + "queries: { large: SELECT COUNT(*) AS orders FROM orders }\n" + OUTPUT,
        "job.yaml:12:3  outputs.large  the query updates rows it has already emitted, but"
            + " this format is append-only; aggregate in a window (TUMBLE, HOP), or use a changelog"
            + " format such as debezium-json (Flink: update changes which is produced"
            + " by node GroupAggregate(");
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

  private ComposedJob compose(String yaml) throws IOException {
    return Definitions.compose(Definitions.read(folder, yaml));
  }
}
