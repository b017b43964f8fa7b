package dev.outflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.compose.JobComposer;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.embedded.SecureKafka;
import dev.outflow.embedded.TestAuthority;
import dev.outflow.embedded.TestTopic;
import dev.outflow.print.SqlScript;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Uses the tables of docs/properties.md in scripts of Flink's SQL client with the jar. */
@ExtendWith({PrintLogsOnFailure.class, SharedClusters.Extension.class})
class SqlClientE2ECase {
  private static final String SETTINGS =
      """
      SET 'pipeline.name' = 'by-sql';
      SET 'table.dml-sync' = 'true';
      SET 'execution.checkpointing.interval' = '500 ms';
      SET 'sql-client.execution.result-mode' = 'tableau';
      """;

  private static TestAuthority authority;
  private static SecureKafka kafka;
  private static FlinkCluster flink;

  @TempDir private Path folder;

  @BeforeAll
  static void start(SharedClusters clusters) throws Exception {
    flink = clusters.flink();
    authority = TestAuthority.create("Brokers");
    kafka = SecureKafka.start(authority.server("localhost"), authority);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void readsWhatAnotherStatementWrote() throws Exception {
    String evens = topic();
    String odds = topic();
    String server = kafka.broker().bootstrapServers();

    String output =
        run(
            output("evens", server, evens, ", 'partition-key' = 'number'")
                + output("odds", server, odds, ", 'compression-type' = 'zstd'")
                + """
                LOAD MODULE outflow;
                EXECUTE STATEMENT SET
                BEGIN
                INSERT INTO evens SELECT number, word FROM (VALUES (2, 'two'), (3, 'three'), (4, 'four')) AS v (number, word) WHERE BITAND(number, 1) = 0;
                INSERT INTO odds SELECT number, word FROM (VALUES (2, 'two'), (3, 'three'), (4, 'four')) AS v (number, word) WHERE MOD(number, 2) = 1;
                END;
                """
                + input("evens_read", server, evens, "")
                + input("odds_read", server, odds, "")
                + "CREATE VIEW all_read AS SELECT * FROM evens_read UNION ALL SELECT * FROM odds_read;\n"
                + "SELECT SUM(number) AS total, MAX(word) AS last_word, COUNT(*) AS how_many FROM all_read;\n");

    assertThat(output).containsPattern("\\|\\s+9\\s+\\|\\s+two\\s+\\|\\s+3\\s+\\|");
  }

  @Test
  void connectsToASecuredBroker() throws Exception {
    String topic = topic();
    Files.writeString(folder.resolve("username"), SecureKafka.USER);
    Files.writeString(folder.resolve("password"), SecureKafka.PASSWORD);
    Files.writeString(folder.resolve("ca.crt"), authority.pem());
    String security =
        """
        , 'security-protocol' = 'sasl_ssl', 'sasl-mechanism' = 'SCRAM-SHA-512',
        'username' = '${dir:%1$s:username}', 'password' = '${dir:%1$s:password}',
        'truststore-certificates' = '${dir:%1$s:ca.crt}'"""
            .formatted(folder);

    String output =
        run(
            output("words", kafka.saslSsl(), topic, security)
                + "INSERT INTO words VALUES (7, 'a secret word');\n"
                + input("words_read", kafka.saslSsl(), topic, security)
                + "SELECT * FROM words_read;\n");

    assertThat(output).containsPattern("7\\s+\\|\\s+a secret word");
    assertThat(output).doesNotContain(SecureKafka.PASSWORD);
  }

  @Test
  void runsTheOutputOfDdlUnchanged() throws Exception {
    Numbers numbers = Numbers.create(kafka.broker(), 1);
    numbers.send(0, 50);
    Path definition = Files.writeString(folder.resolve("job.yaml"), numbers.definition());

    JavaCommand.Result result =
        flink.sqlClient(Files.writeString(folder.resolve("ddl.sql"), ddl(definition)));

    assertThat(result.output()).doesNotContain("[ERROR]");
    numbers.awaitCopies(50);
    flink.cancelAll();
  }

  /** Returns what {@code ./outflow ddl} prints. */
  private static String ddl(Path file) {
    return SqlScript.of(
        JobComposer.compose(
            DefinitionReader.draft(DefinitionSource.of(file.toString())),
            new Configuration(),
            StreamExecutionEnvironment::getExecutionEnvironment));
  }

  private String run(String statements) throws Exception {
    Path script = Files.writeString(folder.resolve("script.sql"), SETTINGS + statements);
    JavaCommand.Result result = flink.sqlClient(script);
    assertThat(result.output()).doesNotContain("[ERROR]");
    return result.output();
  }

  private static String topic() throws Exception {
    return TestTopic.create(kafka.broker(), 1).name();
  }

  private static String output(String table, String server, String topic, String more) {
    return table(table, "kafka-output", server, topic, more);
  }

  private static String input(String table, String server, String topic, String more) {
    return table(
        table, "kafka-input", server, topic, ", 'start' = 'earliest', 'bounded' = 'true'" + more);
  }

  private static String table(
      String table, String connector, String server, String topic, String more) {
    return """
        CREATE TABLE %s (number INT, word STRING) WITH (
          'connector' = '%s',
          'bootstrap-servers' = '%s',
          'topic' = '%s',
          'format' = 'json'%s
        );
        """
        .formatted(table, connector, server, topic, more);
  }
}
