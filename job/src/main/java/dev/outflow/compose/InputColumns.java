package dev.outflow.compose;

import dev.outflow.definition.InputDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * Tells the columns of an input that Flink accepts from the others.
 *
 * @param valid the types of the valid columns
 * @param invalid what is wrong with the other columns; empty text if only another column is
 */
record InputColumns(Map<String, String> valid, Map<String, String> invalid) {
  private static final String PROBE = "outflow_column_probe";
  private static final Pattern COMPUTED = Pattern.compile("(?is)\\s*AS\\b.*");

  /** Types of Azure Stream Analytics and of JSON that Flink names differently. */
  private static final Map<String, String> FLINK_TYPES =
      Map.of(
          "BIT", "BOOLEAN",
          "BOOL", "BOOLEAN",
          "NVARCHAR", "STRING",
          "TEXT", "STRING",
          "DATETIME", "TIMESTAMP_LTZ(3)",
          "DATETIMEOFFSET", "TIMESTAMP_LTZ(3)",
          "RECORD", "ROW<name TYPE, ...>",
          "OBJECT", "ROW<name TYPE, ...>",
          "LONG", "BIGINT",
          "NUMBER", "DOUBLE");

  /** Tries each column; computed ones with all valid physical columns. */
  static InputColumns of(InputDefinition input, StreamTableEnvironment tables) {
    Map<String, String> valid = new LinkedHashMap<>();
    Map<String, String> invalid = new TreeMap<>();
    input
        .columns()
        .forEach(
            (column, type) -> {
              if (isComputed(type)) {
                return;
              }
              error(tables, Map.of(column, type))
                  .ifPresentOrElse(
                      error -> invalid.put(column, explainType(type, error)),
                      () -> valid.put(column, type));
            });
    Map<String, String> physical = Map.copyOf(valid);
    input
        .columns()
        .forEach(
            (column, expression) -> {
              if (isComputed(expression)) {
                Map<String, String> columns = new LinkedHashMap<>(physical);
                columns.put(column, expression);
                error(tables, columns)
                    .ifPresentOrElse(
                        error -> invalid.put(column, explainExpression(expression, error, invalid)),
                        () -> valid.put(column, expression));
              }
            });
    return new InputColumns(inOrder(input, valid), invalid);
  }

  static boolean isComputed(String type) {
    return COMPUTED.matcher(type).matches();
  }

  private static Map<String, String> inOrder(InputDefinition input, Map<String, String> valid) {
    Map<String, String> ordered = new LinkedHashMap<>(input.columns());
    ordered.keySet().retainAll(valid.keySet());
    return ordered;
  }

  private static String explainType(String type, String error) {
    String word = type.strip().split("\\W", 2)[0].toUpperCase(Locale.ROOT);
    String advice =
        Optional.ofNullable(FLINK_TYPES.get(word))
            .map("; in Flink SQL, use %s"::formatted)
            .orElse(error.isEmpty() ? "" : ": " + error);
    return "'%s' is not a valid column type%s".formatted(type, advice);
  }

  private static String explainExpression(
      String expression, String error, Map<String, String> invalid) {
    boolean isConsequence =
        invalid.keySet().stream().anyMatch(column -> error.contains("'" + column + "'"));
    return isConsequence
        ? ""
        : "'%s' is not a valid computed column%s"
            .formatted(expression, error.isEmpty() ? "" : ": " + error);
  }

  /** Returns Flink's error, or an empty text for one about the syntax of the probe. */
  private static Optional<String> error(
      StreamTableEnvironment tables, Map<String, String> columns) {
    InputDefinition probe =
        new InputDefinition("kafka", columns, List.of(), Optional.empty(), Map.of());
    try {
      tables.executeSql(Ddl.createInput(PROBE, probe));
      tables.executeSql("DROP TEMPORARY TABLE " + PROBE);
      return Optional.empty();
    } catch (RuntimeException e) {
      String message = TableProblem.rootMessage(e);
      // The position of a syntax error is one in the statement of the probe.
      return Optional.of(message.startsWith("Encountered") ? "" : message);
    }
  }
}
