package dev.outflow.asa.translation;

import dev.outflow.asa.column.Slot;
import dev.outflow.sampling.column.ColumnType;
import java.util.Optional;

/**
 * An expression in Flink SQL.
 *
 * @param text safe as an operand: a name, a literal, a call or in parentheses
 * @param type empty if it is not known yet, or of NULL
 * @param slot the column or field that the expression consists of
 * @param isTimeAttribute whether it is a time attribute of Flink
 */
record Sql(String text, Optional<ColumnType> type, Optional<Slot> slot, boolean isTimeAttribute) {
  static Sql of(String text, ColumnType type) {
    return new Sql(text, Optional.of(type), Optional.empty(), false);
  }

  static Sql untyped(String text) {
    return new Sql(text, Optional.empty(), Optional.empty(), false);
  }

  boolean is(ColumnType wanted) {
    return type.filter(wanted::equals).isPresent();
  }

  boolean isWhole() {
    return is(ColumnType.Scalar.INT) || is(ColumnType.Scalar.BIGINT);
  }

  /** Returns {@code `name`}. */
  static String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** Returns {@code 'text'}. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
