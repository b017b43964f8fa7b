package dev.outflow.testing.rows;

import org.apache.flink.table.types.DataType;

/** A type as one writes it in a definition. */
final class TypeName {
  private TypeName() {}

  /** Without what Flink adds to it: that it is the time attribute, or never null. */
  static String of(DataType type) {
    return type.getLogicalType().asSummaryString().replaceAll(" (NOT NULL|\\*ROWTIME\\*)", "");
  }
}
