package dev.outflow.asa.column;

import dev.outflow.asa.query.DataType;
import dev.outflow.sampling.column.ColumnType;
import java.util.Optional;

/** The type of a column that a query declares. */
public final class DeclaredType {
  private DeclaredType() {}

  /**
   * Returns the type for one of ASA, or of T-SQL that jobs have in its place; empty for records,
   * arrays and unknown names.
   */
  public static Optional<ColumnType> of(DataType type) {
    return Optional.ofNullable(
        switch (type.name()) {
          case "bigint", "int" -> ColumnType.Scalar.BIGINT;
          case "float" -> ColumnType.Scalar.DOUBLE;
          case "nvarchar", "varchar" -> ColumnType.Scalar.STRING;
          case "datetime" -> ColumnType.Scalar.TIME;
          case "bit" -> ColumnType.Scalar.BOOLEAN;
          default -> null;
        });
  }
}
