package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.TIME;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Name;
import java.util.List;
import java.util.Optional;

/** Translates names of columns and fields. */
final class Columns {
  private Columns() {}

  static Sql of(Expression.Column column, Expressions in) {
    if (Window.isTimestamp(column)) {
      return in.timestamp(column.at());
    }
    Optional<Sql> header = Headers.of(column, in);
    if (header.isPresent()) {
      return header.get();
    }
    List<Name> path = column.path();
    Name first = path.get(0);
    Optional<Sql> alias = path.size() == 1 ? in.alias(first) : Optional.empty();
    if (alias.isPresent()) {
      return alias.get();
    }
    int next = 1;
    Field found;
    Optional<Relation> relation = path.size() > 1 ? in.scope().relation(first) : Optional.empty();
    if (relation.isPresent()) {
      found = relation.get().find(path.get(1)).orElseThrow(() -> Scope.unknown(path.get(1)));
      next = 2;
    } else {
      found = in.scope().field(first);
      if (path.size() > 1 && found.slot().isGuessed() && in.notes().isHidden(first)) {
        throw new Untranslatable(
            first.at(), "'%s' has an alias in this query; use it".formatted(first.text()));
      }
    }
    if (found.slot().isUndeclared()) {
      throw new Untranslatable(
          first.at(),
          "the column '%s' has the name of the one for undeclared fields here"
              .formatted(found.name()));
    }
    Sql sql =
        new Sql(
            found.sql(),
            in.scope().type(found.slot()),
            Optional.of(found.slot()),
            found.isTimeAttribute());
    return fields(sql, path.subList(next, path.size()), in);
  }

  /** Returns a field at any depth of a record. */
  static Sql fields(Sql record, List<Name> path, Expressions in) {
    Sql found = record;
    for (int i = 0; i < path.size(); i++) {
      if (found.slot().filter(Slot::isParsed).isPresent()) {
        return ParsedRecords.property(found, path.subList(i, path.size()), in);
      }
      found = field(found, path.get(i), in);
    }
    return found;
  }

  private static Sql field(Sql record, Name name, Expressions in) {
    Slot slot =
        record
            .slot()
            .flatMap(of -> of.field(name.text(), name.at()))
            .orElseThrow(() -> Scope.unknown(name));
    return new Sql(
        record.text() + "." + Sql.name(slot.name()),
        in.scope().type(slot),
        Optional.of(slot),
        false);
  }

  /** The alias of an input stands for its time: DATEDIFF(second, a, b). */
  static Optional<Sql> timeOfInput(Expression expression, Scope scope) {
    if (!(expression instanceof Expression.Column column) || column.path().size() != 1) {
      return Optional.empty();
    }
    Name name = column.path().get(0);
    boolean isColumn =
        scope.relations().stream()
            .flatMap(relation -> relation.fields().stream())
            .anyMatch(field -> field.key().equals(name.key()));
    if (isColumn) {
      return Optional.empty();
    }
    return scope
        .relation(name)
        .flatMap(Relation::time)
        .map(
            time ->
                new Sql(time.usedAt(name.at()).sql(), Optional.of(TIME), Optional.empty(), true));
  }
}
