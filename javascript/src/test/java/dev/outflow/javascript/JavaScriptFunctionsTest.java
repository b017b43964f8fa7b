package dev.outflow.javascript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

class JavaScriptFunctionsTest {
  private static final String MEDIAN =
      """
      function main() {
        this.init = function () { this.values = []; };
        this.accumulate = function (value) { this.values.push(value); };
        this.computeResult = function () {
          var sorted = this.values.slice().sort(function (a, b) { return a - b; });
          return sorted[Math.floor((sorted.length - 1) / 2)];
        };
      }
      """;

  /** Counts how it is called, and keeps its state where only its own methods see it. */
  private static final String SUM =
      """
      function main() {
        var sum = 0;
        this.init = function () { sum = 0; };
        this.accumulate = function (value, time) { sum += value; };
        this.deaccumulate = function (value, time) { sum -= value; };
        this.deaccumulateState = function (other) { throw new Error('not called'); };
        this.computeResult = function () { return sum; };
      }
      """;

  private static final String ROWS =
      "(VALUES (1, 5.0, TIMESTAMP '2026-01-01 00:00:01'), (2, 1.0, TIMESTAMP '2026-01-01 00:00:02'),"
          + " (3, 9.0, TIMESTAMP '2026-01-01 00:00:03'), (4, 3.0, TIMESTAMP '2026-01-01 00:00:14'))"
          + " AS t(n, v, ts)";

  private final TableEnvironment tables =
      TableEnvironment.create(EnvironmentSettings.inStreamingMode());

  private void create(String name, String text, DataType result, DataType... arguments) {
    tables.getConfig().set(TableConfigOptions.LOCAL_TIME_ZONE, "UTC");
    tables.getConfig().set("parallelism.default", "1");
    Optional<List<DataType>> types =
        arguments.length == 0 ? Optional.empty() : Optional.of(List.of(arguments));
    tables.createTemporarySystemFunction(
        name, JavaScriptFunctions.of(new Script(name, name + ".js", text), types, result));
  }

  private List<String> rows(String sql) {
    List<String> rows = new ArrayList<>();
    try (CloseableIterator<Row> result = tables.executeSql(sql).collect()) {
      result.forEachRemaining(row -> rows.add(row.toString()));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return rows;
  }

  @Test
  void passesValuesOfAllTypesAndReturnsNestedOnes() {
    create(
        "every",
        "function main() { return { kinds: [].map.call(arguments, function (x) {"
            + " return x instanceof Date ? x.toISOString() : JSON.stringify(x); }) }; }",
        DataTypes.ROW(DataTypes.FIELD("kinds", DataTypes.ARRAY(DataTypes.STRING()))));
    assertThat(
            rows(
                "SELECT every(n, v, ts, 'text', n > 1, CAST(NULL AS STRING), ARRAY[n], MAP['a', n],"
                    + " CAST(ROW(n, ROW('x')) AS ROW<a INT, b ROW<c STRING>>), 1.25) FROM "
                    + ROWS
                    + " WHERE n = 1"))
        .containsExactly(
            "+I[+I[[1, 5, 2026-01-01T00:00:01.000Z, \"text\", false, null, [1], {\"a\":1},"
                + " {\"a\":1,\"b\":{\"c\":\"x\"}}, 1.25]]]");
  }

  @Test
  void passesASingleArrayAsOneArgument() {
    create(
        "addUp",
        "function main(xs) { return xs.reduce(function (a, b) { return a + b; }); }",
        DataTypes.BIGINT());
    assertThat(rows("SELECT addUp(ARRAY[1, 2, 3])")).containsExactly("+I[6]");
  }

  @Test
  void checksTheNumberOfArguments() {
    create("f", "function main(x) { return x; }", DataTypes.STRING(), DataTypes.STRING());
    assertThat(rows("SELECT f('a')")).containsExactly("+I[a]");
    assertThatThrownBy(() -> rows("SELECT f('a', 'b')")).hasStackTraceContaining("f");
  }

  @Test
  void reportsTheLineOfAFailure() {
    create("f", "function main(x) {\n  return x.a.b;\n}", DataTypes.STRING());
    assertThatThrownBy(() -> rows("SELECT f(v) FROM " + ROWS))
        .hasStackTraceContaining("function 'f' (f.js:2): TypeError: Cannot read property");
  }

  @Test
  void aggregatesInTumblingHoppingAndSessionWindows() {
    create("median", MEDIAN, DataTypes.DOUBLE(), DataTypes.DOUBLE());
    tables.executeSql(
        """
        CREATE TEMPORARY TABLE t (n INT, v DOUBLE, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
        WITH ('connector' = 'filesystem', 'path' = '%s', 'format' = 'csv')
        """
            .formatted(JavaScriptFunctionsTest.class.getResource("/values.csv")));
    assertThat(
            rows(
                "SELECT window_start, median(v) FROM TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '10' SECOND)"
                    + " GROUP BY window_start, window_end"))
        .containsExactly("+I[2026-01-01T00:00, 5.0]", "+I[2026-01-01T00:00:10, 3.0]");
    assertThat(
            rows(
                "SELECT window_end, median(v) FROM HOP(TABLE t, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '20' SECOND)"
                    + " GROUP BY window_start, window_end"))
        .containsExactly(
            "+I[2026-01-01T00:00:10, 5.0]",
            "+I[2026-01-01T00:00:20, 3.0]",
            "+I[2026-01-01T00:00:30, 3.0]");
    assertThat(
            rows(
                "SELECT window_start, median(v) FROM SESSION(TABLE t, DESCRIPTOR(ts), INTERVAL '5' SECOND)"
                    + " GROUP BY window_start, window_end"))
        .containsExactly("+I[2026-01-01T00:00:01, 5.0]", "+I[2026-01-01T00:00:14, 3.0]");
    create("total", SUM, DataTypes.DOUBLE());
    String over =
        "SELECT n, %s OVER (ORDER BY ts RANGE BETWEEN INTERVAL '1' SECOND PRECEDING AND CURRENT ROW) FROM t";
    assertThat(rows(over.formatted("total(v, ts)")))
        .containsExactly("+I[1, 5.0]", "+I[2, 6.0]", "+I[3, 10.0]", "+I[4, 3.0]");
    assertThat(rows(over.formatted("median(v)")))
        .containsExactly("+I[1, 5.0]", "+I[2, 1.0]", "+I[3, 1.0]", "+I[4, 3.0]");
  }
}
