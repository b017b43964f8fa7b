package dev.outflow.kafka.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.junit.jupiter.api.Test;

/** What a user of Flink SQL is told; nothing runs, and no broker is asked. */
class KafkaOutputTableFactoryTest {
  private static final Map<String, String> OFF = Map.of();
  private static final Map<String, String> EVERY_10_S =
      Map.of("execution.checkpointing.interval", "10 s");

  @Test
  void exactlyOnceIsRefusedWithoutCheckpoints() {
    assertThatThrownBy(() -> plan(OFF, ""))
        .hasRootCauseMessage(
            "delivery-guarantee: exactly-once needs checkpoints, which are off; set Flink's"
                + " 'execution.checkpointing.interval', for example to 10 s, or choose"
                + " at-least-once");
  }

  @Test
  void atLeastOnceNeedsNoCheckpoints() {
    assertThat(plan(OFF, ", 'delivery-guarantee' = 'at-least-once'")).contains("Sink");
  }

  @Test
  void aKeyThatTheQueryDoesNotReturnIsRefusedWithTheColumnsThatItDoes() {
    assertThatThrownBy(() -> plan(EVERY_10_S, ", 'partition-key' = 'id;nmae'"))
        .hasRootCauseMessage("partition-key: there is no column 'nmae'; there are id, name");
  }

  @Test
  void anOptionThatThereIsNotIsRefused() {
    assertThatThrownBy(() -> plan(EVERY_10_S, ", 'compression' = 'zstd'"))
        .hasStackTraceContaining("Unsupported options:\n\ncompression");
  }

  @Test
  void optionsOfTheFormatAreItsOwn() {
    assertThat(plan(EVERY_10_S, ", 'json.encode.ignore-null-fields' = 'true'")).contains("Sink");
    assertThatThrownBy(() -> plan(EVERY_10_S, ", 'json.no-such-option' = 'true'"))
        .hasStackTraceContaining("json.no-such-option");
  }

  private static String plan(Map<String, String> checkpoints, String options) {
    Configuration configuration = Configuration.fromMap(checkpoints);
    StreamTableEnvironment tables =
        StreamTableEnvironment.create(
            StreamExecutionEnvironment.getExecutionEnvironment(configuration));
    tables.executeSql(
        "CREATE TEMPORARY TABLE people (id INT, name STRING) WITH ('connector' = 'kafka-output',"
            + " 'bootstrap-servers' = 'localhost:1', 'topic' = 'people', 'format' = 'json'"
            + options
            + ")");
    return tables.explainSql("INSERT INTO people SELECT 1, 'Ada'");
  }
}
