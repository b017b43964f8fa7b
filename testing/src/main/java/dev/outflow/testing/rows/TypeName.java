package dev.outflow.testing.rows;

import org.apache.flink.table.types.DataType;

/** Formats a type as it is written in a definition. */
final class TypeName {
  private TypeName() {}

  /** Returns the type without NOT NULL and Flink's mark of the time attribute. */
  static String of(DataType type) {
    return type.getLogicalType().asSummaryString().replaceAll(" (NOT NULL|\\*ROWTIME\\*)", "");
  }
}
