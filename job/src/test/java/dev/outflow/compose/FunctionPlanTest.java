package dev.outflow.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.print.SqlScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.PlanReference;
import org.apache.flink.table.functions.ScalarFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs run as compiled plans, which name functions instead of containing them. */
class FunctionPlanTest {
  private static final String JOB =
      """
      name: functions
      inputs:
        readings:
          connector: kafka
          bootstrap-servers: localhost:1
          topic: readings
          format: json
          columns: { device: STRING, hex: STRING, ts: TIMESTAMP_LTZ(3), n: AS hex2int(hex) }
          event-time: { column: ts }
      functions:
        hex2int: { script: hex2int.js, returns: BIGINT }
        total: { script: total.js, returns: DOUBLE }
        twice: dev.outflow.compose.FunctionPlanTest$Twice
      queries:
        result: |
          SELECT device, window_start, total(twice(n)) AS total
          FROM HOP(TABLE readings, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND)
          GROUP BY device, window_start, window_end
      outputs:
        result: { bootstrap-servers: "localhost:1", topic: result, format: json }
      """;

  @TempDir private Path folder;

  @Test
  void runsFunctionsInACompiledPlan() throws IOException {
    Files.writeString(folder.resolve("hex2int.js"), "function main(x) { return parseInt(x, 16); }");
    Files.writeString(
        folder.resolve("total.js"),
        "function main() { var s = 0; this.accumulate = function (x) { s += x; };"
            + " this.computeResult = function () { return s; }; }");
    Path file = Files.writeString(folder.resolve("job.yaml"), JOB);
    ComposedJob job =
        JobComposer.compose(
            DefinitionReader.draft(DefinitionSource.of(file.toString())),
            new Configuration(),
            StreamExecutionEnvironment::getExecutionEnvironment);

    String plan = job.plan().json().orElseThrow();

    assertThat(job.tables().loadPlan(PlanReference.fromJsonString(plan)).explain())
        .contains("hex2int", "total(", "twice(");
    assertThat(SqlScript.of(job))
        .contains(
            "-- Function `hex2int`: SQL cannot create a function in JavaScript",
            "CREATE TEMPORARY SYSTEM FUNCTION `twice` AS 'dev.outflow.compose.FunctionPlanTest$Twice' LANGUAGE JAVA;");
  }

  /** A scalar function. */
  public static class Twice extends ScalarFunction {
    /** Returns twice the number. */
    public Long eval(Long number) {
      return 2 * number;
    }
  }
}
