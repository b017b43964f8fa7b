package dev.outflow.javascript;

import static org.apache.flink.table.api.DataTypes.ARRAY;
import static org.apache.flink.table.api.DataTypes.BIGINT;
import static org.apache.flink.table.api.DataTypes.BOOLEAN;
import static org.apache.flink.table.api.DataTypes.BYTES;
import static org.apache.flink.table.api.DataTypes.DECIMAL;
import static org.apache.flink.table.api.DataTypes.DOUBLE;
import static org.apache.flink.table.api.DataTypes.FIELD;
import static org.apache.flink.table.api.DataTypes.INT;
import static org.apache.flink.table.api.DataTypes.MAP;
import static org.apache.flink.table.api.DataTypes.ROW;
import static org.apache.flink.table.api.DataTypes.STRING;
import static org.apache.flink.table.api.DataTypes.TIMESTAMP;
import static org.apache.flink.table.api.DataTypes.TIMESTAMP_LTZ;
import static org.apache.flink.table.api.DataTypes.TINYINT;
import static org.apache.flink.table.api.DataTypes.VARCHAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValuesTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

  private static Object call(String expression, Object... arguments) {
    return LoadedScript.load(
            new Script("f", "f.js", "function main(x) { return " + expression + "; }"))
        .call(SqlValues.toPlain(arguments));
  }

  static List<Arguments> argumentsOfSql() {
    return List.of(
        arguments(9007199254740991L, "number 9007199254740991"),
        arguments(1.5, "number 1.5"),
        arguments(new BigDecimal("1.25"), "number 1.25"),
        arguments("text", "string \"text\""),
        arguments(true, "boolean true"),
        arguments(null, "object null"),
        arguments(TIME, "object \"2026-01-02T03:04:05.678Z\""),
        arguments(LocalDateTime.parse("2026-01-02T03:04"), "object \"2026-01-02T03:04:00.000Z\""),
        arguments(LocalDate.parse("2026-01-02"), "object \"2026-01-02T00:00:00.000Z\""),
        arguments(List.of(1, 2), "object [1,2]"),
        arguments(Map.of("a", 1), "object {\"a\":1}"),
        arguments(Row.withNames(), "object {}"),
        arguments(Row.of(1, new int[] {2}), "object {\"f0\":1,\"f1\":[2]}"));
  }

  @ParameterizedTest
  @MethodSource("argumentsOfSql")
  void passesArgumentsAsAsaDocuments(Object argument, String expected) {
    assertThat(call("typeof x + ' ' + JSON.stringify(x)", argument)).isEqualTo(expected);
  }

  @Test
  void passesTimesAsDates() {
    assertThat(call("x instanceof Date && x.getUTCHours()", TIME)).isEqualTo(3.0);
    assertThat(call("x", TIME)).isEqualTo(TIME);
  }

  static List<Arguments> results() {
    return List.of(
        arguments("42", BIGINT(), 42L),
        arguments("true", BIGINT(), 1L),
        arguments("2 ** 53", BIGINT(), 9007199254740992L),
        arguments("9007199254740993n", BIGINT(), 9007199254740993L),
        arguments("new Number(7)", INT(), 7),
        arguments("42", DOUBLE(), 42.0),
        arguments("1 / 3", DECIMAL(5, 2), new BigDecimal("0.33")),
        arguments("'a' + x", STRING(), "aundefined"),
        arguments("false", BOOLEAN(), false),
        arguments("null", STRING(), null),
        arguments("undefined", BIGINT(), null),
        arguments("new Date(1500)", TIMESTAMP_LTZ(3), Instant.ofEpochMilli(1500)),
        arguments("new Date(1500)", TIMESTAMP(3), LocalDateTime.parse("1970-01-01T00:00:01.500")),
        arguments("[1, null]", ARRAY(BIGINT()), new Long[] {1L, null}),
        arguments(
            "({ b: 'x', a: 1, c: 0 })",
            ROW(FIELD("a", INT()), FIELD("b", STRING())),
            Row.of(1, "x")),
        arguments("({ k: 1 })", MAP(STRING(), INT()), Map.of("k", 1)));
  }

  @ParameterizedTest
  @MethodSource("results")
  void convertsResultsToTheDeclaredType(String expression, DataType type, Object expected) {
    assertThat(new ResultType(type).convert(call(expression))).isEqualTo(expected);
  }

  static List<Arguments> resultsOfAnotherType() {
    return List.of(
        arguments("1.5", BIGINT(), "a number with a fraction, but 'returns' is BIGINT"),
        arguments("300", TINYINT(), "a number out of range, but 'returns' is TINYINT"),
        arguments("NaN", BIGINT(), "NaN, but 'returns' is BIGINT"),
        arguments(
            "1e300", DECIMAL(10, 2), "a number out of range, but 'returns' is DECIMAL(10, 2)"),
        arguments("1", STRING(), "a number, but 'returns' is STRING"),
        arguments("1", BOOLEAN(), "a number, but 'returns' is BOOLEAN"),
        arguments("'1'", BIGINT(), "a string, but 'returns' is BIGINT"),
        arguments("'2026'", TIMESTAMP(3), "a string, but 'returns' is TIMESTAMP(3)"),
        arguments("({})", STRING(), "an object, but 'returns' is STRING"),
        arguments("[1]", STRING(), "an array, but 'returns' is STRING"),
        arguments("null", STRING().notNull(), "null, but 'returns' is STRING NOT NULL"),
        arguments("'abc'", VARCHAR(2), "a longer string, but 'returns' is VARCHAR(2)"));
  }

  @ParameterizedTest
  @MethodSource("resultsOfAnotherType")
  void rejectsResultsOfAnotherType(String expression, DataType type, String problem) {
    assertThatThrownBy(() -> new ResultType(type).convert(call(expression)))
        .hasMessage("returned " + problem);
  }

  @Test
  void namesTypesThatScriptsCannotReturn() {
    assertThat(JavaScriptFunctions.unsupportedResult(ARRAY(ROW(FIELD("a", BYTES())))))
        .hasValueSatisfying(type -> assertThat(type.asSummaryString()).isEqualTo("BYTES"));
    assertThat(JavaScriptFunctions.unsupportedResult(ARRAY(STRING()))).isEmpty();
  }

  @Test
  void serializesTheRowsOfAggregates() throws Exception {
    Object[] row = {
      null, true, 1.5, "t\u00e4xt", TIME, List.of(1.0, "x"), Map.of("k", List.of()),
    };
    AggregatedRowsSerializer serializer = new AggregatedRowsSerializer();
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(new AggregatedRows(List.of(row, new Object[0])), out);
    AggregatedRows read = serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    assertThat(read.rows()).containsExactly(row, new Object[0]);
    assertThat(serializer.copy(read).rows()).isEqualTo(read.rows());
  }
}
