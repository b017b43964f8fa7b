package dev.outflow.asa.translation;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The names of the columns that Flink adds to windows; a query can have columns of these names. */
final class WindowNames {
  static final Set<String> ALL = Set.of("window_start", "window_end", "window_time");

  private WindowNames() {}

  /** Returns whether a window over these columns would have two of one name. */
  static boolean areIn(From from) {
    return from.scope().relations().stream()
        .flatMap(relation -> relation.fields().stream())
        .anyMatch(field -> ALL.contains(field.name().toLowerCase(Locale.ROOT)));
  }

  /** Returns a query with a window; a query around it names the columns that Flink has, too. */
  static Result result(
      Purpose purpose, List<Field> columns, Optional<TimeAttribute> time, From from, String rest) {
    if (columns.stream().noneMatch(column -> ALL.contains(column.key()))) {
      return purpose.result(columns, time, from, rest);
    }
    List<Field> renamed =
        columns.stream()
            .map(
                column ->
                    new Field(
                        inner(column.name()),
                        column.sql(),
                        column.slot(),
                        column.isTimeAttribute()))
            .toList();
    Result inner = purpose.result(renamed, time, from, rest);
    Stream<String> selected =
        columns.stream()
            .map(column -> Sql.name(inner(column.name())) + " AS " + Sql.name(column.name()));
    Stream<String> carried =
        purpose == Purpose.VIEW ? Stream.of(Sql.name(TimeAttribute.IN_VIEWS)) : Stream.of();
    String sql =
        "SELECT %s\nFROM (\n%s\n)"
            .formatted(Stream.concat(selected, carried).collect(joining(",\n  ")), inner.sql());
    return new Result(sql, columns, inner.time(), inner.hasTimestamp(), inner.more());
  }

  private static String inner(String name) {
    return "result_" + name;
  }
}
