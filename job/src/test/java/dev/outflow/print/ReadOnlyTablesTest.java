package dev.outflow.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.job.Definitions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Creates the tables in a Flink without the job. */
class ReadOnlyTablesTest {
  private static final String JOB =
      """
      name: test
      inputs:
        orders:
          connector: kafka
          bootstrap-servers: localhost:1
          topic: orders
          start: last-stopped
          consumer-group-id: production
          format: json
          columns: { order_id: STRING, amount: "DECIMAL(10, 2)", placed_at: TIMESTAMP_LTZ(3) }
          event-time: { column: placed_at }
        ticks: { connector: datagen, columns: { n: INT } }
      queries:
        large: SELECT order_id, amount * 2 AS twice FROM orders
        routed: SELECT order_id, 'a' AS target FROM orders
      outputs:
        large:
          bootstrap-servers: localhost:1
          topic: large
          format: json
          json.encode.decimal-as-plain-number: false
          partition-key: order_id
          compression-type: zstd
          headers: { source: "'test'" }
          kafka.linger.ms: 5
          kafka.fetch.max.wait.ms: 100
          security-protocol: sasl_plaintext
          username: u
          password: hunter2
        routed:
          bootstrap-servers: localhost:1
          topic: { from: target, allowed: [a, b] }
          exclude-from-value: target
          format: json
      """;

  private final StreamTableEnvironment tables =
      StreamTableEnvironment.create(
          StreamExecutionEnvironment.getExecutionEnvironment(new Configuration()));
  @TempDir private Path folder;
  private String script;

  @BeforeEach
  void create() throws IOException {
    script = ReadOnlyTables.of(Definitions.compose(Definitions.read(folder, JOB)));
    Pattern.compile(";\n")
        .splitAsStream(script)
        .filter(statement -> !statement.isBlank())
        .forEach(tables::executeSql);
  }

  @Test
  void readsOutputsWithTheColumnsOfTheirQuery() {
    assertThat(tables.from("large").getResolvedSchema().getColumnNames())
        .containsExactly("order_id", "twice");
    assertThat(tables.from("large").explain()).contains("TableSourceScan");
    assertThat(script)
        .contains("'kafka.fetch.max.wait.ms' = '100'", "'json.encode.decimal-as-plain-number'")
        .doesNotContain("linger.ms", "partition-key", "compression-type");
  }

  @Test
  void readsEachTopicOfAnOutputWithoutTheColumnsThatTheValueExcludes() {
    for (String table : List.of("`routed$a`", "`routed$b`")) {
      assertThat(tables.from(table).getResolvedSchema().getColumnNames())
          .containsExactly("order_id");
      assertThat(tables.from(table).explain()).contains("TableSourceScan");
    }
  }

  @Test
  void readsInputsWithoutTheJobsConsumerGroupAndStart() {
    assertThat(script).doesNotContain("production", "last-stopped");
    assertThat(tables.from("orders").explain()).contains("watermark");
    assertThat(tables.from("ticks").explain()).contains("TableSourceScan");
  }

  @Test
  void redactsAndListsSecretsThatAreNotReferences() {
    assertThat(script)
        .startsWith("-- Replace each ******")
        .contains("--   'password' of table `large`")
        .doesNotContain("hunter2");
  }
}
