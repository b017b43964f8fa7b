package dev.outflow.asa.translation;

import static java.util.stream.Collectors.joining;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Name;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.report.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Joins the rows of several queries; columns belong together by name. */
final class Unions {
  private Unions() {}

  static Result of(List<Result> results, Position at, Notes notes) {
    if (results.size() == 1) {
      return results.get(0);
    }
    Map<String, Field> columns = new LinkedHashMap<>();
    results.stream()
        .flatMap(result -> declared(result).stream())
        .forEach(field -> columns.putIfAbsent(field.key(), field));
    boolean sameNames =
        results.stream().allMatch(result -> declared(result).size() == columns.size());
    if (!sameNames) {
      notes.differs(
          at,
          "the queries have different columns; what one does not have is null here and absent in ASA",
          Section.UNIONS);
    }
    undeclared(results, columns).ifPresent(field -> columns.put(field.key(), field));
    boolean timed = results.stream().allMatch(result -> result.time().isPresent());
    boolean valued = !timed && results.stream().allMatch(Unions::hasTime);
    String sql =
        results.stream()
            .map(result -> aligned(result, columns, timed || valued))
            .collect(joining("\nUNION ALL\n"));
    Function<Name, Optional<Field>> more =
        name ->
            results.stream()
                .map(result -> result.more().apply(name))
                .flatMap(Optional::stream)
                .reduce((first, second) -> first);
    Optional<TimeAttribute> time =
        timed
            ? Optional.of(
                new TimeAttribute(
                    TimeAttribute.IN_VIEWS,
                    TimeAttribute.IN_VIEWS,
                    position ->
                        results.forEach(result -> result.time().get().onUse().accept(position))))
            : Optional.empty();
    return new Result(sql, List.copyOf(columns.values()), time, valued, more);
  }

  /**
   * Learns from rows that belong together: a column of one query is one of each {@code SELECT *},
   * and columns of one name have one type.
   */
  static void collect(List<Result> results) {
    for (Result result : results) {
      for (Result other : results) {
        declared(other).forEach(field -> collect(result, field));
      }
    }
  }

  private static void collect(Result result, Field field) {
    Optional<Field> own =
        result.columns().stream().filter(column -> column.key().equals(field.key())).findFirst();
    if (own.isEmpty() && result.columns().stream().anyMatch(of -> of.slot().isUndeclared())) {
      own = result.more().apply(new Name(field.name(), new Position(0, 0, 0)));
    }
    own.map(Field::slot)
        .filter(Slot::isGuessed)
        .ifPresent(slot -> Slot.Use.of(field.slot().type()).ifPresent(slot::use));
  }

  private static List<Field> declared(Result result) {
    return result.columns().stream().filter(field -> !field.slot().isUndeclared()).toList();
  }

  /** Returns the column of undeclared fields, which has a name of its own. */
  private static Optional<Field> undeclared(List<Result> results, Map<String, Field> others) {
    return results.stream()
        .flatMap(result -> result.columns().stream())
        .filter(field -> field.slot().isUndeclared())
        .findFirst()
        .map(
            field -> {
              String name = field.name();
              while (others.containsKey(name.toLowerCase(Locale.ROOT))) {
                name += "_";
              }
              return new Field(name, field.sql(), field.slot(), false);
            });
  }

  private static String aligned(Result result, Map<String, Field> columns, boolean timed) {
    boolean sameOrder =
        result.columns().stream().map(Field::key).toList().equals(List.copyOf(columns.keySet()))
            && result.columns().stream().noneMatch(own -> own.slot().isUndeclared());
    if (sameOrder && (timed || !hasTime(result))) {
      return result.sql();
    }
    List<String> selected = new ArrayList<>();
    columns.forEach(
        (key, field) ->
            selected.add(
                result.columns().stream()
                    .filter(own -> belongsTo(field, own))
                    .map(own -> Sql.name(own.name()) + " AS " + Sql.name(field.name()))
                    .findFirst()
                    .orElse(
                        "CAST(NULL AS %s) AS %s"
                            .formatted(field.slot().type().sql(), Sql.name(field.name())))));
    if (timed) {
      selected.add(Sql.name(TimeAttribute.IN_VIEWS));
    }
    return "SELECT %s\nFROM (\n%s\n)".formatted(String.join(", ", selected), result.sql());
  }

  private static boolean hasTime(Result result) {
    return result.time().isPresent() || result.hasTimestamp();
  }

  private static boolean belongsTo(Field column, Field own) {
    return column.slot().isUndeclared()
        ? own.slot().isUndeclared()
        : !own.slot().isUndeclared() && own.key().equals(column.key());
  }
}
