package dev.outflow.sampling.column;

import dev.outflow.format.reader.EpochUnit;
import java.util.Optional;

/**
 * A column that was inferred from rows.
 *
 * @param name its name in the data
 * @param type its type
 * @param seen in how many rows it has a value
 * @param rows the number of rows
 * @param epoch the unit, if it consists of numbers that count time
 * @param note what is unusual about it, or empty
 * @param isOptional whether a schema says that it can have no value
 */
public record InferredColumn(
    String name,
    ColumnType type,
    int seen,
    int rows,
    Optional<EpochUnit> epoch,
    String note,
    boolean isOptional) {
  /** Fewer rows do not show that a column always has a value. */
  private static final int MIN_ROWS = 20;

  /** Returns whether it always has a value. */
  public boolean isRequired() {
    return !isOptional && seen == rows && rows >= MIN_ROWS;
  }

  /** Returns the type with NOT NULL if the column always has a value. */
  public String sql() {
    return type.sql() + (isRequired() ? " NOT NULL" : "");
  }

  InferredColumn withType(ColumnType other, String reason) {
    return new InferredColumn(name, other, seen, rows, epoch, reason, isOptional);
  }
}
