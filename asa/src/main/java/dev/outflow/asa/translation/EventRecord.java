package dev.outflow.asa.translation;

import static java.util.stream.Collectors.joining;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Expression.Call;
import dev.outflow.asa.query.Name;
import dev.outflow.sampling.column.ColumnType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole event as a record, which TopOne, CollectTop and Collect return without an argument, and
 * which functions of the job get if the argument is the name of an input.
 */
final class EventRecord {
  private EventRecord() {}

  static Sql of(Call call, Expressions in) {
    List<Relation> relations = in.scope().relations();
    if (relations.size() != 1) {
      throw new Untranslatable(call.at(), "%s of a join: name a column".formatted(call.written()));
    }
    return of(call, relations.get(0), in);
  }

  /** The event of an input that an argument names: {@code udf.f(input)}. */
  static Optional<Sql> ofInput(Expression argument, Call call, Expressions in) {
    return isInput(argument, in)
        ? in.scope()
            .relation(((Expression.Column) argument).path().get(0))
            .map(relation -> of(call, relation, in))
        : Optional.empty();
  }

  /** Returns whether an expression is the name of an input, and not of a column. */
  static boolean isInput(Expression expression, Expressions in) {
    if (!(expression instanceof Expression.Column column) || column.path().size() != 1) {
      return false;
    }
    Name name = column.path().get(0);
    boolean isColumn =
        in.scope().relations().stream()
            .flatMap(relation -> relation.fields().stream())
            .anyMatch(field -> field.key().equals(name.key()));
    return !isColumn && in.scope().relation(name).isPresent();
  }

  private static Sql of(Call call, Relation relation, Expressions in) {
    if (in.scope().isCollecting()) {
      return collecting(call, relation);
    }
    List<Field> fields =
        relation.fields().stream().filter(field -> !field.slot().isUndeclared()).toList();
    ParsedRecords.checkNone(fields, call.at());
    if (fields.isEmpty()) {
      throw new Untranslatable(
          call.at(),
          "%s: the columns are not known; give a sample with --sample INPUT=FILE, or declare them"
                  .formatted(call.written())
              + " with CREATE TABLE");
    }
    in.notes()
        .decide(
            call.at(),
            "%s %s the declared columns only: %s"
                .formatted(
                    call.written(),
                    call.function().startsWith("ud") ? "gets" : "returns",
                    fields.stream().map(Field::name).collect(joining(", "))));
    Map<String, ColumnType> types = new LinkedHashMap<>();
    fields.forEach(field -> types.put(field.name(), field.slot().type()));
    ColumnType type = new ColumnType.Row(types);
    return Aggregates.declared(
        "CAST(ROW(%s) AS %s)"
            .formatted(fields.stream().map(Views::plain).collect(joining(", ")), type.sql()),
        type,
        call);
  }

  /** While uses are collected, its fields are the columns of the input. */
  private static Sql collecting(Call call, Relation relation) {
    Slot record =
        Slot.record(
            call.written(), (name, at) -> relation.find(new Name(name, at)).map(Field::slot));
    return new Sql("NULL", Optional.empty(), Optional.of(record), false);
  }
}
