package dev.outflow.definition;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query, which is a single SELECT.
 *
 * @param name an output's alias, or the name of a view for later queries
 * @param sql the statement without a trailing semicolon
 * @param origin its own file, or its key in the definition
 */
public record Query(String name, String sql, Location origin) {
  private static final String COMMENT = "comment";

  /** Tells semicolons that end a statement from those in literals and comments. */
  private static final Pattern TOKEN =
      Pattern.compile("(?s)'[^']*'|`[^`]*`|(?<comment>--[^\\n]*|/\\*.*?\\*/)|\\s+|.");

  public Query {
    sql = sql.stripTrailing();
    sql = sql.substring(0, end(sql));
  }

  /** Returns the index of the semicolon after which there are only comments, or the length. */
  private static int end(String sql) {
    int end = sql.length();
    Matcher token = TOKEN.matcher(sql);
    while (token.find()) {
      boolean afterSemicolon = end < sql.length();
      if (token.group().equals(";")) {
        end = afterSemicolon ? end : token.start();
      } else if (!token.group().isBlank() && token.group(COMMENT) == null) {
        end = sql.length();
      }
    }
    return end;
  }

  /** Returns a problem at a line and column of the SQL, both counted from 1. */
  public Problem problemAt(int line, int column, String message) {
    boolean ownFile = origin.line() == 0;
    return ownFile
        ? new Problem(new Location(origin.file(), line, column), "", message)
        : problem("line %d, column %d: %s".formatted(line, column, message));
  }

  /** Returns a problem of the query as a whole. */
  public Problem problem(String message) {
    return new Problem(origin, "queries." + name, message);
  }
}
