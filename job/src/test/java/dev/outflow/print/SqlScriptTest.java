package dev.outflow.print;

import static dev.outflow.compose.OrdersJob.INPUT;
import static dev.outflow.compose.OrdersJob.OUTPUT;
import static dev.outflow.compose.OrdersJob.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.OrdersJob;
import dev.outflow.job.Definitions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.StatementSetOperation;
import org.apache.flink.table.operations.command.SetOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./outflow ddl} prints, also run in a Flink without the job. */
class SqlScriptTest {
  private static final String JOB =
      """
      name: test
      inputs:
        orders:
          connector: kafka
          bootstrap-servers: localhost:1
          topic: orders
          format: json
          columns: { order_id: STRING, amount: "DECIMAL(10, 2)", placed_at: TIMESTAMP_LTZ(3) }
          event-time: { column: placed_at }
      queries:
        named: |
          SELECT order_id AS id, amount FROM orders -- a view; of course
        large: |
          SELECT * FROM named -- it's
          WHERE amount > 100; -- large; really
        small: |
          SELECT id, STUFF('a;b', 3, 0, '--') AS note, 'a;--b' AS text FROM named WHERE amount < 1
          -- small
      outputs:
        large: { bootstrap-servers: "localhost:1", topic: large, format: json%s }
        small: { bootstrap-servers: "localhost:1", topic: small, format: json }
      """;

  private static final Pattern STATEMENT =
      Pattern.compile("(?ms)(?:EXECUTE STATEMENT SET\nBEGIN\n.*?^END|.*?);$\\s*");

  @TempDir private Path folder;

  @Test
  void printsTheSqlThatRuns() throws IOException {
    String sql =
        SqlScript.of(
            new OrdersJob(folder)
                .compose(
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
  void flinkParsesEachStatementEvenIfQueriesEndWithComments() throws IOException {
    String script = script("");
    List<Operation> operations = run(script);

    assertThat(script).contains("FROM orders -- a view; of course\n;\n");
    assertThat(operations).first().isInstanceOf(SetOperation.class);
    assertThat(operations)
        .last()
        .isInstanceOfSatisfying(
            StatementSetOperation.class, set -> assertThat(set.getOperations()).hasSize(2));
  }

  @Test
  void statesTheKeyOfUpsertsAndWhatToDoWithSeveralRowsOfAKey() throws IOException {
    String script = script(", mode: upsert, partition-key: id");

    assertThat(script)
        .contains("PRIMARY KEY (`id`) NOT ENFORCED", "\nON CONFLICT DO DEDUPLICATE;\n");
    assertThat(run(script))
        .last()
        .isInstanceOfSatisfying(
            StatementSetOperation.class, set -> assertThat(set.getOperations()).hasSize(2));
  }

  @Test
  void listsRedactedSecretsInACommentThatFlinkIgnores() throws IOException {
    String script = script(", username: u, password: hunter2, security-protocol: sasl_plaintext");

    assertThat(script)
        .startsWith(
            """
            -- Replace each ****** before running this script, or use a reference such as ${env:NAME}:
            --   'password' of table `large`

            SET\s""")
        .doesNotContain("hunter2");
    assertThat(run(script)).isNotEmpty();
  }

  @Test
  void startsWithTheOptionsIfThereAreNoSecrets() throws IOException {
    assertThat(
            script(", username: u, password: \"${env:HOME}\", security-protocol: sasl_plaintext"))
        .startsWith("SET ");
  }

  @Test
  void doesNotPrintSecrets() throws IOException {
    ComposedJob job =
        new OrdersJob(folder)
            .compose(
                job("SELECT * FROM orders")
                    + "    kafka: { sasl.jaas.config: \"it's hunter2\", ssl.key.password: \"${env:P}\""
                    + " }\n");

    assertThat(SqlScript.of(job))
        .contains("'kafka.sasl.jaas.config' = '******'")
        .contains("'kafka.ssl.key.password' = '${env:P}'")
        .doesNotContain("hunter2");
    assertThat(job.toString()).doesNotContain("hunter2");
  }

  private String script(String options) throws IOException {
    return SqlScript.of(Definitions.compose(Definitions.read(folder, JOB.formatted(options))));
  }

  private static List<Operation> run(String script) {
    StreamTableEnvironment tables =
        StreamTableEnvironment.create(
            StreamExecutionEnvironment.getExecutionEnvironment(new Configuration()));
    List<Operation> operations = new ArrayList<>();
    Matcher matcher = STATEMENT.matcher(script);
    while (matcher.find()) {
      String statement = matcher.group();
      operations.addAll(((TableEnvironmentInternal) tables).getParser().parse(statement));
      if (statement.startsWith("CREATE") || statement.startsWith("LOAD")) {
        tables.executeSql(statement);
      }
    }
    return operations;
  }
}
