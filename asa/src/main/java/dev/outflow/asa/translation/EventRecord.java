package dev.outflow.asa.translation;

import static java.util.stream.Collectors.joining;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression.Call;
import dev.outflow.asa.query.Name;
import dev.outflow.sampling.column.ColumnType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole event as a record, which TopOne, CollectTop and Collect return without an argument. */
final class EventRecord {
  private EventRecord() {}

  static Sql of(Call call, Expressions in) {
    List<Relation> relations = in.scope().relations();
    if (relations.size() != 1) {
      throw new Untranslatable(call.at(), "%s of a join: name a column".formatted(call.written()));
    }
    if (in.scope().isCollecting()) {
      return collecting(call, relations.get(0));
    }
    List<Field> fields =
        relations.get(0).fields().stream().filter(field -> !field.slot().isUndeclared()).toList();
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
            "%s returns the declared columns only: %s"
                .formatted(
                    call.written(), fields.stream().map(Field::name).collect(joining(", "))));
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
