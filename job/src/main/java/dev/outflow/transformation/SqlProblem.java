package dev.outflow.transformation;

import dev.outflow.definition.Problem;
import dev.outflow.definition.Query;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Flink says about a query, at the line and column that it says it about. */
final class SqlProblem {
  /** The parser says {@code at line 1, column 8}, the validator {@code From line 1, column 8}. */
  private static final Pattern POSITION =
      Pattern.compile("(?:at|At|From|from) line (\\d+), column (\\d+)");

  /** What only repeats the position, or lists every token that would have parsed. */
  private static final Pattern NOISE =
      Pattern.compile(
          "(?s)SQL (?:parse|validation) failed\\.|(?:From|At) line \\d+, column \\d+"
              + "(?: to line \\d+, column \\d+)?: | at line \\d+, column \\d+|Was expecting.*");

  private SqlProblem() {}

  static Problem of(Query query, RuntimeException failure) {
    StringBuilder told = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (told.indexOf(message) < 0) {
        told.append(message).append('\n');
      }
    }
    Matcher position = POSITION.matcher(told);
    String message = firstLine(NOISE.matcher(told).replaceAll("").strip());
    return position.find()
        ? query.problemAt(
            Integer.parseInt(position.group(1)), Integer.parseInt(position.group(2)), message)
        : query.problem(message);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse(text).strip();
  }
}
