package dev.outflow.asa.translation;

import dev.outflow.asa.column.Slot;
import java.util.Locale;

/**
 * A column that a query can read.
 *
 * @param name as the result spells it
 * @param sql how Flink SQL refers to it
 * @param isTimeAttribute whether it is a time attribute of Flink
 */
record Field(String name, String sql, Slot slot, boolean isTimeAttribute) {
  /** Returns the field with another prefix of its column. */
  Field in(String before, String prefix) {
    String moved = sql.startsWith(before) ? prefix + sql.substring(before.length()) : sql;
    return new Field(name, moved, slot, false);
  }

  String key() {
    return name.toLowerCase(Locale.ROOT);
  }
}
