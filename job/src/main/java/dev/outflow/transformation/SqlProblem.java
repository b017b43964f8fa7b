package dev.outflow.transformation;

import dev.outflow.definition.Problem;
import dev.outflow.definition.Query;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.table.api.SqlParserException;

/**
 * Flink's error about a query.
 *
 * @param text the messages of the exception and its causes
 * @param isSyntaxError whether the query could not be parsed
 */
record SqlProblem(String text, boolean isSyntaxError) {
  /** The parser says {@code at line 1, column 8}, the validator {@code From line 1, column 8}. */
  private static final Pattern POSITION =
      Pattern.compile("(?:at|At|From|from) line (\\d+), column (\\d+)");

  /** Parts that repeat the position, suggest a name or list every possible token. */
  private static final Pattern NOISE =
      Pattern.compile(
          "(?s)SQL (?:parse|validation) failed\\.|(?:From|At) line \\d+, column \\d+"
              + "(?: to line \\d+, column \\d+)?: | at line \\d+, column \\d+|; did you mean '[^']*'\\?"
              + "|Was expecting.*");

  private static final String SEVERAL = "only single statement supported";
  private static final Pattern TABLE = Pattern.compile("Object '([^']*)' not found");
  private static final Pattern COLUMN = Pattern.compile("(?:Column|Unknown identifier) '([^']*)'");
  private static final Pattern NO_FUNCTION =
      Pattern.compile("No match found for function signature ([^( ]+)");
  private static final Pattern TIME_COLUMN = Pattern.compile("requires the timecol");

  /** Flink's planner has no constants for these values of the type FLOAT. */
  private static final String NO_FLOAT = "Infinite or NaN";

  static SqlProblem of(RuntimeException failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (text.indexOf(message) < 0) {
        text.append(message).append('\n');
      }
    }
    return new SqlProblem(text.toString(), failure instanceof SqlParserException);
  }

  /** Returns the unknown table that the query reads, if that is the problem. */
  Optional<String> missingTable() {
    return find(TABLE);
  }

  /** Returns the unknown column that the query uses, if that is the problem. */
  Optional<String> missingColumn() {
    return find(COLUMN);
  }

  /** Returns whether a function is unknown, or is called with other arguments. */
  boolean isUnknownFunction() {
    return unknownFunction().isPresent();
  }

  /** Returns the name of a function that is unknown or called with other arguments. */
  Optional<String> unknownFunction() {
    return find(NO_FUNCTION);
  }

  /** Returns whether a window requires an event time. */
  boolean isTimeColumn() {
    return TIME_COLUMN.matcher(text).find();
  }

  /** Returns where the problem is, if Flink says so. */
  Optional<SqlPosition> position() {
    return POSITION
        .matcher(text)
        .results()
        .filter(found -> !found.group(1).equals("0")) // Flink has lost it.
        .findFirst()
        .map(
            found ->
                new SqlPosition(
                    Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))));
  }

  /**
   * Returns the problem of a query.
   *
   * @param position where it is in the query as written, if known
   * @param advice what to add to Flink's message
   */
  Problem in(Query query, Optional<SqlPosition> position, String advice) {
    if (text.contains(SEVERAL)) {
      return query.problem("contains more than one statement; a query must be a single SELECT");
    }
    if (text.contains(NO_FLOAT)) {
      return query.problem(
          "a constant of type FLOAT is NaN or infinite, which Flink cannot plan; use DOUBLE, e.g."
              + " CAST('NaN' AS DOUBLE)");
    }
    String error = firstLine(NOISE.matcher(text).replaceAll("").strip());
    String message = PlannerAdvice.of(text, error, query.sql()).orElseGet(() -> error + advice);
    return position
        .map(at -> query.problemAt(at.line(), at.column(), message))
        .orElseGet(() -> query.problem(message));
  }

  private Optional<String> find(Pattern pattern) {
    return pattern.matcher(text).results().findFirst().map(found -> found.group(1));
  }

  /** Returns the first line, with the next one if it announces it. */
  private static String firstLine(String text) {
    List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    String first = lines.isEmpty() ? "" : lines.get(0);
    return first.endsWith(":") && lines.size() > 1 ? first + " " + lines.get(1) : first;
  }
}
