package dev.outflow.asa.translation;

import dev.outflow.asa.query.Name;
import dev.outflow.sampling.column.ColumnType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A translated query.
 *
 * @param columns its columns; their SQL is that of the query itself
 * @param time the time of its rows, for queries that read it
 * @param hasTimestamp whether the column of the time has its value, although it is not a time
 *     attribute
 * @param more finds columns of {@code SELECT *} while uses are being collected
 */
record Result(
    String sql,
    List<Field> columns,
    Optional<TimeAttribute> time,
    boolean hasTimestamp,
    Function<Name, Optional<Field>> more) {
  Result {
    columns = List.copyOf(columns);
  }

  /** Returns whether it has a time, at any depth. */
  boolean hasTimes() {
    return columns.stream()
        .anyMatch(column -> column.slot().type().sql().contains(ColumnType.Scalar.TIME.sql()));
  }
}
