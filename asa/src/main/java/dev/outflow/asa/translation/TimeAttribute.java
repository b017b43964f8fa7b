package dev.outflow.asa.translation;

import dev.outflow.asa.query.Position;
import java.util.function.Consumer;

/**
 * The column with the value of System.Timestamp().
 *
 * @param column its name in the table
 * @param sql how Flink SQL refers to it
 * @param onUse learns of each use
 */
record TimeAttribute(String column, String sql, Consumer<Position> onUse) {
  /** The name of the column in views of steps. */
  static final String IN_VIEWS = "system_timestamp";

  TimeAttribute usedAt(Position at) {
    onUse.accept(at);
    return this;
  }
}
