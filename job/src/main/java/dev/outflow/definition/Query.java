package dev.outflow.definition;

/**
 * A query, which is a single SELECT.
 *
 * @param name an output's alias, or the name of a view for later queries
 * @param sql the statement without a trailing semicolon
 * @param origin its own file, or its key in the definition
 */
public record Query(String name, String sql, Location origin) {
  public Query {
    sql = SqlText.withoutSemicolon(sql.stripTrailing());
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
