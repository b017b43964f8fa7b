package dev.outflow.asa.translation;

import dev.outflow.asa.query.Name;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A translated query.
 *
 * @param columns its columns; their SQL is that of the query itself
 * @param time the time of its rows, for queries that read it
 * @param more finds columns of {@code SELECT *} while uses are being collected
 */
record Result(
    String sql,
    List<Field> columns,
    Optional<TimeAttribute> time,
    Function<Name, Optional<Field>> more) {
  Result {
    columns = List.copyOf(columns);
  }
}
