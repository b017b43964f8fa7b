package dev.outflow.print;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What {@code ./outflow ddl} prints is run again, by a Flink that knows nothing of the job. */
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
          SELECT id, 'a;--b' AS note FROM named WHERE amount < 1
          -- small
      outputs:
        large: { bootstrap-servers: "localhost:1", topic: large, format: json%s }
        small: { bootstrap-servers: "localhost:1", topic: small, format: json }
      """;

  private static final Pattern STATEMENT =
      Pattern.compile("(?ms)(?:EXECUTE STATEMENT SET\nBEGIN\n.*?^END|.*?);$\\s*");

  @TempDir private Path folder;

  @Test
  void flinkReadsEachStatementThoughQueriesEndInComments() throws IOException {
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
  void hiddenSecretsAreNamedInACommentThatFlinkReadsOver() throws IOException {
    String script = script(", username: u, password: hunter2, security-protocol: sasl_plaintext");

    assertThat(script)
        .startsWith(
            """
            -- Fill in each ****** before this is run, or write a reference such as ${env:NAME}:
            --   'password' of table `large`

            SET\s""")
        .doesNotContain("hunter2");
    assertThat(run(script)).isNotEmpty();
  }

  @Test
  void aScriptWithoutSecretsBeginsWithItsOptions() throws IOException {
    assertThat(
            script(", username: u, password: \"${env:HOME}\", security-protocol: sasl_plaintext"))
        .startsWith("SET ");
  }

  private String script(String options) throws IOException {
    return SqlScript.of(Definitions.compose(Definitions.read(folder, JOB.formatted(options))));
  }

  private static List<Operation> run(String script) {
    StreamTableEnvironment tables =
        StreamTableEnvironment.create(
            StreamExecutionEnvironment.getExecutionEnvironment(new Configuration()));
    List<Operation> operations = new ArrayList<>();
    Matcher each = STATEMENT.matcher(script);
    while (each.find()) {
      String statement = each.group();
      operations.addAll(((TableEnvironmentInternal) tables).getParser().parse(statement));
      if (statement.startsWith("CREATE")) {
        tables.executeSql(statement);
      }
    }
    return operations;
  }
}
