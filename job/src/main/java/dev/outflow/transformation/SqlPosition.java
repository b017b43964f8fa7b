package dev.outflow.transformation;

/**
 * A position in a SQL text, as Flink's messages have it.
 *
 * @param line counted from 1
 * @param column counted from 1
 */
record SqlPosition(int line, int column) implements Comparable<SqlPosition> {

  /** Returns the position of an index. */
  static SqlPosition at(String sql, int index) {
    String before = sql.substring(0, index);
    int line = 1 + (int) before.chars().filter(letter -> letter == '\n').count();
    return new SqlPosition(line, index - before.lastIndexOf('\n'));
  }

  /** Returns the index in the text, at most its length. */
  int in(String sql) {
    int begin = 0;
    for (int i = 1; i < line; i++) {
      begin = sql.indexOf('\n', begin) + 1;
    }
    return Math.min(begin + column - 1, sql.length());
  }

  @Override
  public int compareTo(SqlPosition other) {
    return line == other.line
        ? Integer.compare(column, other.column)
        : Integer.compare(line, other.line);
  }
}
