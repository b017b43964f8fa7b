package dev.outflow.kafka.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors that a user of Flink SQL sees when a query is planned, without a broker. */
class KafkaOutputTableFactoryTest {
  private static final Map<String, String> OFF = Map.of("pipeline.name", "test");
  private static final Map<String, String> EVERY_10_S =
      Map.of("execution.checkpointing.interval", "10 s", "pipeline.name", "test");

  @Test
  void rejectsExactlyOnceWithoutCheckpoints() {
    assertThatThrownBy(() -> plan(OFF, ""))
        .hasRootCauseMessage(
            "delivery-guarantee: exactly-once requires checkpoints, which are off; set Flink's"
                + " 'execution.checkpointing.interval', e.g. to 10 s, or use at-least-once");
  }

  @Test
  void acceptsAtLeastOnceWithoutCheckpoints() {
    assertThat(plan(OFF, ", 'delivery-guarantee' = 'at-least-once'")).contains("Sink");
  }

  @Test
  void writesToEventHubsAtLeastOnceByDefault() {
    StreamTableEnvironment tables = tables(OFF);
    tables.executeSql(
        "CREATE TEMPORARY TABLE people (id INT) WITH ('connector' = 'kafka-output',"
            + " 'bootstrap-servers' = 'my-namespace.servicebus.windows.net:9093',"
            + " 'topic' = 'people', 'format' = 'json', 'security-protocol' = 'sasl_ssl',"
            + " 'sasl-mechanism' = 'OAUTHBEARER')");

    assertThat(tables.explainSql("INSERT INTO people SELECT 1")).contains("Sink");
  }

  @Test
  void rejectsUnknownKeyColumnAndListsTheColumns() {
    assertThatThrownBy(() -> plan(EVERY_10_S, ", 'partition-key' = 'id;nmae'"))
        .hasRootCauseMessage("partition-key: unknown column 'nmae'; expected one of id, name");
  }

  @Test
  void requiresThePrimaryKeyAsKeyOfUpserts() {
    String upsert = ", 'mode' = 'upsert', 'partition-key' = 'id'";
    String problem =
        "partition-key: 'id' must be the primary key with mode 'upsert'; declare PRIMARY KEY (id) NOT ENFORCED in the table";

    assertThatThrownBy(() -> plan(EVERY_10_S, upsert)).hasRootCauseMessage(problem);
    StreamTableEnvironment tables = tables(EVERY_10_S);
    for (String key : List.of("name", "id")) {
      tables.executeSql("DROP TEMPORARY TABLE IF EXISTS keyed");
      tables.executeSql(
          "CREATE TEMPORARY TABLE keyed (id INT, name STRING, PRIMARY KEY (%s) NOT ENFORCED) WITH ('connector' = 'kafka-output', 'bootstrap-servers' = 'localhost:1', 'topic' = 't', 'format' = 'json'%s)"
              .formatted(key, upsert));
      String insert = "INSERT INTO keyed SELECT 1, 'a' ON CONFLICT DO DEDUPLICATE";
      if (key.equals("id")) {
        assertThat(tables.explainSql(insert)).contains("Sink");
      } else {
        assertThatThrownBy(() -> tables.explainSql(insert)).hasRootCauseMessage(problem);
      }
    }
  }

  @Test
  void rejectsUnknownOption() {
    assertThatThrownBy(() -> plan(EVERY_10_S, ", 'compression' = 'zstd'"))
        .hasRootCauseMessage("compression: unknown option; did you mean 'compression-type'?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka-output", "kafka-input"})
  void reportsMisspelledOptionTogetherWithTheMissingOnes(String connector) {
    StreamTableEnvironment tables = tables(EVERY_10_S);
    tables.executeSql(
        "CREATE TEMPORARY TABLE people (id INT) WITH ('connector' = '%s', 'topc' = 'people',"
                .formatted(connector)
            + " 'bootstrap-server' = 'localhost:1', 'security-protocol' = 'tls')");

    assertThatThrownBy(
            () ->
                tables.explainSql(
                    connector.equals("kafka-output")
                        ? "INSERT INTO people SELECT 1"
                        : "SELECT * FROM people"))
        .hasRootCauseMessage(
            "bootstrap-server: unknown option; did you mean 'bootstrap-servers'?\n"
                + "topc: unknown option; did you mean 'topic'?\n"
                + "bootstrap-servers: is required\n"
                + "format: is required\n"
                + "topic: is required\n"
                + "security-protocol: 'tls' is invalid; expected one of none, sasl_plaintext,"
                + " sasl_ssl, mtls");
  }

  @Test
  void passesOptionsToTheFormat() {
    assertThat(plan(EVERY_10_S, ", 'json.encode.ignore-null-fields' = 'true'")).contains("Sink");
    assertThatThrownBy(() -> plan(EVERY_10_S, ", 'json.no-such-option' = 'true'"))
        .hasStackTraceContaining("json.no-such-option");
  }

  @Test
  void rejectsExactlyOnceIfTheTransactionTimeoutIsTooShort() {
    Map<String, String> every30Min =
        Map.of("execution.checkpointing.interval", "30 min", "pipeline.name", "test");

    assertThatThrownBy(() -> plan(every30Min, ", 'kafka.transaction.timeout.ms' = '900000'"))
        .hasRootCauseMessage(
            "delivery-guarantee: exactly-once keeps transactions open for up to 2400 s (checkpoint"
                + " interval 1800 s + timeout 600 s), but Kafka aborts them after 900 s; lower"
                + " 'execution.checkpointing.interval' or 'execution.checkpointing.timeout', or"
                + " raise 'kafka.transaction.timeout.ms' and the broker's"
                + " 'transaction.max.timeout.ms'");
    assertThat(plan(every30Min, ", 'kafka.transaction.timeout.ms' = '2400000'")).contains("Sink");
  }

  @Test
  void requiresATransactionalIdPrefixIfTheJobHasNoName() {
    Map<String, String> noName = Map.of("execution.checkpointing.interval", "10 s");

    assertThatThrownBy(() -> plan(noName, ""))
        .hasRootCauseMessage(
            "transactional-id-prefix: is required because the job has no name that distinguishes its"
                + " transactions from those of other jobs; set it, or Flink's 'pipeline.name'");
    assertThat(plan(noName, ", 'transactional-id-prefix' = 'people'")).contains("Sink");
  }

  @ParameterizedTest
  @CsvSource({
    "kafka-input, json.epoch-units, json.epoch-unit",
    "kafka-input, json.fail-on-mising-field, json.fail-on-missing-field",
    "kafka-output, json.encode.decimal-as-plain-numbers, json.encode.decimal-as-plain-number"
  })
  void suggestsTheOptionOfAFormatThatWasMeant(String connector, String written, String meant) {
    StreamTableEnvironment tables = tables(EVERY_10_S);
    tables.executeSql(
        "CREATE TEMPORARY TABLE t (a INT) WITH ('connector' = '%s', 'bootstrap-servers' = 'localhost:1', 'topic' = 't', 'format' = 'json', '%s' = 'true')"
            .formatted(connector, written));

    assertThatThrownBy(
            () ->
                tables.explainSql(
                    connector.equals("kafka-input") ? "SELECT * FROM t" : "INSERT INTO t SELECT 1"))
        .hasRootCauseMessage("%s: unknown option; did you mean '%s'?".formatted(written, meant));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ROW<t TIMESTAMP(9)>||timestamps up to microseconds|6",
        "ARRAY<TIMESTAMP(6)>||millisecond timestamps in arrays and maps|3",
        "ROW<t TIMESTAMP(6)>|, 'value-writer' = 'flink'|millisecond timestamps|3",
        "TIMESTAMP(6)|, 'avro.timestamp_mapping.legacy' = 'true'|millisecond timestamps|3"
      })
  void rejectsTimestampsThatAvroCannotExpress(
      String type, String option, String supported, String precision) {
    StreamTableEnvironment tables = times(type, option == null ? "" : option);

    assertThatThrownBy(
            () -> tables.explainSql("INSERT INTO times SELECT CAST(NULL AS %s)".formatted(type)))
        .hasRootCauseMessage(
            "format: avro supports only %s, but column 'a' has type %s; CAST it to TIMESTAMP(%s) or TIMESTAMP_LTZ(%s)"
                .formatted(supported, type.replace("<t ", "<`t` "), precision, precision));
  }

  @Test
  void acceptsMicrosecondsInAvro() {
    StreamTableEnvironment tables = times("ROW<t TIMESTAMP_LTZ(6)>", "");

    assertThat(tables.explainSql("INSERT INTO times SELECT CAST(NULL AS ROW<t TIMESTAMP_LTZ(6)>)"))
        .contains("Sink");
  }

  private static StreamTableEnvironment times(String type, String option) {
    StreamTableEnvironment tables = tables(EVERY_10_S);
    tables.executeSql(
        "CREATE TEMPORARY TABLE times (a %s) WITH ('connector' = 'kafka-output',".formatted(type)
            + " 'bootstrap-servers' = 'localhost:1', 'topic' = 'times', 'format' = 'avro'%s)"
                .formatted(option));
    return tables;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a ROW<b ROW<x INT>>, a_b ROW<y STRING>",
        "a_b ARRAY<ROW<y STRING>>, a MAP<STRING, ROW<b ROW<x INT>>>"
      })
  void rejectsNestedRowsThatAvroWouldNameAlike(String columns) {
    assertThatThrownBy(() -> planAvro(columns))
        .rootCause()
        .hasMessageStartingWith("format: avro names the records of 'a")
        .hasMessageContaining("'a.b'")
        .hasMessageContaining("'a_b'")
        .hasMessageEndingWith("both 'record_a_b'; rename one of these columns with AS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a ROW<b ROW<x STRING>>, a_b ROW<x VARCHAR(9)>",
        "a ROW<b ROW<x INT>>, a_c ROW<y STRING>"
      })
  void acceptsNestedRowsThatAvroCanName(String columns) {
    assertThat(planAvro(columns)).contains("Sink");
  }

  private static String planAvro(String columns) {
    StreamTableEnvironment tables = tables(EVERY_10_S);
    tables.executeSql(
        "CREATE TEMPORARY TABLE nested (%s) WITH ('connector' = 'kafka-output',".formatted(columns)
            + " 'bootstrap-servers' = 'localhost:1', 'topic' = 'nested', 'format' = 'avro')");
    tables.executeSql(
        "CREATE TEMPORARY TABLE rows_in (%s) WITH ('connector' = 'datagen')".formatted(columns));
    return tables.explainSql(
        "INSERT INTO nested SELECT * FROM rows_in", ExplainDetail.JSON_EXECUTION_PLAN);
  }

  @Test
  void namesOperatorsByTheAlias() {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(EVERY_10_S));
    StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
    tables.executeSql(create("people", "kafka-output", ""));
    tables.executeSql(create("persons", "kafka-input", ""));
    tables.createStatementSet().addInsert("people", tables.from("persons")).attachAsDataStream();

    assertThat(environment.getStreamGraph(false).getStreamNodes())
        .extracting(StreamNode::getOperatorName)
        .contains("Source: persons", "people: Writer", "people: Committer");
    assertThat(environment.getStreamGraph(false).getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .contains("output-people");
  }

  private static String plan(Map<String, String> options, String tableOptions) {
    StreamTableEnvironment tables = tables(options);
    tables.executeSql(create("people", "kafka-output", tableOptions));
    return tables.explainSql("INSERT INTO people SELECT 1, 'Ada'");
  }

  private static StreamTableEnvironment tables(Map<String, String> options) {
    return StreamTableEnvironment.create(
        StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(options)));
  }

  private static String create(String table, String connector, String options) {
    return ("CREATE TEMPORARY TABLE %s (id INT, name STRING) WITH ('connector' = '%s',"
            + " 'bootstrap-servers' = 'localhost:1', 'topic' = 'people', 'format' = 'json'%s)")
        .formatted(table, connector, options);
  }
}
