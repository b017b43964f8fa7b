package dev.outflow.asa.translation;

import static java.util.stream.Collectors.joining;

import dev.outflow.asa.query.Name;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.report.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    results.forEach(
        result -> result.columns().forEach(field -> columns.putIfAbsent(field.key(), field)));
    boolean sameNames =
        results.stream().allMatch(result -> result.columns().size() == columns.size());
    if (!sameNames) {
      notes.differs(
          at,
          "the queries have different columns; what one does not have is null here and absent in ASA",
          Section.UNIONS);
    }
    boolean timed = results.stream().allMatch(result -> result.time().isPresent());
    String sql =
        results.stream()
            .map(result -> aligned(result, columns, timed))
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
    return new Result(sql, List.copyOf(columns.values()), time, more);
  }

  private static String aligned(Result result, Map<String, Field> columns, boolean timed) {
    boolean sameOrder =
        result.columns().stream().map(Field::key).toList().equals(List.copyOf(columns.keySet()));
    if (sameOrder && (timed || result.time().isEmpty())) {
      return result.sql();
    }
    List<String> selected = new ArrayList<>();
    columns.forEach(
        (key, field) ->
            selected.add(
                result.columns().stream()
                    .filter(own -> own.key().equals(key))
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
}
