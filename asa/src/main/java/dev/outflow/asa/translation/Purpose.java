package dev.outflow.asa.translation;

import dev.outflow.asa.query.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What becomes of a query's rows. */
enum Purpose {
  /** Written to an output, which can have one time attribute. */
  OUTPUT,
  /** Read by another query, which can need the time. */
  VIEW,
  /** Written to an output together with other rows. */
  BRANCH;

  /**
   * Returns a query.
   *
   * @param time of its rows
   * @param from what it reads
   * @param rest what follows SELECT
   */
  Result result(List<Field> columns, Optional<TimeAttribute> time, From from, String rest) {
    List<String> selected = new ArrayList<>();
    boolean first = this == OUTPUT;
    for (Field column : columns) {
      boolean keep = column.isTimeAttribute() && first;
      selected.add((keep ? column.sql() : Views.plain(column)) + " AS " + Sql.name(column.name()));
      first &= !keep;
    }
    if (this == VIEW) {
      time.map(TimeAttribute::sql)
          .or(from::timestamp)
          .ifPresent(value -> selected.add(value + " AS " + Sql.name(TimeAttribute.IN_VIEWS)));
    }
    List<Relation> relations = from.scope().relations();
    Function<Name, Optional<Field>> more =
        name ->
            from.scope().isCollecting() && relations.size() == 1
                ? relations.get(0).find(name)
                : Optional.empty();
    return new Result(
        "SELECT " + String.join(",\n  ", selected) + rest,
        columns,
        this == VIEW ? time : Optional.empty(),
        this == VIEW && time.isEmpty() && from.timestamp().isPresent(),
        more);
  }
}
