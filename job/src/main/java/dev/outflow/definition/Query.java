package dev.outflow.definition;

/**
 * One SELECT.
 *
 * @param name an output's alias, or the name of a view for later queries
 * @param sql without a semicolon at its end
 * @param origin where it is written: its own file, or its key in the definition
 */
public record Query(String name, String sql, Place origin) {
  public Query {
    sql = sql.stripTrailing();
    sql = sql.endsWith(";") ? sql.substring(0, sql.length() - 1) : sql;
  }

  /** A problem at a line and column of the SQL, both counted from 1. */
  public Problem problemAt(int line, int column, String message) {
    boolean ownFile = origin.line() == 0;
    return ownFile
        ? new Problem(new Place(origin.file(), line, column), "", message)
        : problem("line %d, column %d: %s".formatted(line, column, message));
  }

  /** A problem with the query as a whole. */
  public Problem problem(String message) {
    return new Problem(origin, "queries." + name, message);
  }
}
