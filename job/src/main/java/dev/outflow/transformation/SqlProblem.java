package dev.outflow.transformation;

import dev.outflow.definition.Problem;
import dev.outflow.definition.Query;
import dev.outflow.option.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * Flink's error about a query.
 *
 * @param text the messages of the exception and its causes
 */
record SqlProblem(String text) {
  /** The parser says {@code at line 1, column 8}, the validator {@code From line 1, column 8}. */
  private static final Pattern POSITION =
      Pattern.compile("(?:at|At|From|from) line (\\d+), column (\\d+)");

  /** Parts that repeat the position or list every possible token. */
  private static final Pattern NOISE =
      Pattern.compile(
          "(?s)SQL (?:parse|validation) failed\\.|(?:From|At) line \\d+, column \\d+"
              + "(?: to line \\d+, column \\d+)?: | at line \\d+, column \\d+|Was expecting.*");

  private static final String SEVERAL = "only single statement supported";
  private static final Pattern TABLE = Pattern.compile("Object '([^']*)' not found");
  private static final Pattern COLUMN = Pattern.compile("Column '([^']*)' not found");

  static SqlProblem of(RuntimeException failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (text.indexOf(message) < 0) {
        text.append(message).append('\n');
      }
    }
    return new SqlProblem(text.toString());
  }

  /** Returns the unknown table that the query reads, if that is the problem. */
  Optional<String> missingTable() {
    return find(TABLE);
  }

  /** Returns the problem at its line and column, with a suggestion for a misspelled name. */
  Problem in(Query query, StreamTableEnvironment tables) {
    Matcher position = POSITION.matcher(text);
    if (text.contains(SEVERAL)) {
      return query.problem("contains more than one statement; a query must be a single SELECT");
    }
    String message = firstLine(NOISE.matcher(text).replaceAll("").strip()) + suggestion(tables);
    return position.find()
        ? query.problemAt(
            Integer.parseInt(position.group(1)), Integer.parseInt(position.group(2)), message)
        : query.problem(message);
  }

  private String suggestion(StreamTableEnvironment tables) {
    return missingTable()
        .map(table -> Suggestion.among(Arrays.asList(tables.listTables()), table))
        .or(() -> find(COLUMN).map(column -> suggestion(tables, column)))
        .orElse("");
  }

  private static String suggestion(StreamTableEnvironment tables, String column) {
    Map<String, List<String>> tablesByColumn = new TreeMap<>();
    for (String table : tables.listTables()) {
      for (String name : tables.from(table).getResolvedSchema().getColumnNames()) {
        tablesByColumn.computeIfAbsent(name, any -> new ArrayList<>()).add(table);
      }
    }
    return tablesByColumn.containsKey(column)
        ? "; available in " + String.join(", ", tablesByColumn.get(column))
        : Suggestion.nearest(tablesByColumn.keySet(), column)
            .map("; did you mean '%s'?"::formatted)
            .orElse("");
  }

  private Optional<String> find(Pattern pattern) {
    return pattern.matcher(text).results().findFirst().map(match -> match.group(1));
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse(text).strip();
  }
}
