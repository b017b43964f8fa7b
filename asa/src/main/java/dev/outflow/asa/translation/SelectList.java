package dev.outflow.asa.translation;

import static java.util.stream.Collectors.joining;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Name;
import dev.outflow.asa.query.Query;
import dev.outflow.asa.report.Section;
import dev.outflow.sampling.column.ColumnType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Translates what SELECT lists. */
final class SelectList {
  private final Notes notes;
  private final boolean passesUndeclared;

  /**
   * @param passesUndeclared whether {@code *} includes fields that no column has
   */
  SelectList(Notes notes, boolean passesUndeclared) {
    this.notes = notes;
    this.passesUndeclared = passesUndeclared;
  }

  /** Returns the columns of a query; two of one name are an error. */
  List<Field> columns(Query.Select select, Expressions in, From from) {
    List<Field> columns = new ArrayList<>();
    for (Query.Item item : select.items()) {
      if (item instanceof Query.Star star) {
        boolean isFlat = columns.stream().anyMatch(column -> column.slot().isUndeclared());
        addAll(star(star, in, from, !select.groupBy().isEmpty(), isFlat), star, columns);
      } else if (item instanceof Query.Value value) {
        columns.add(column(value, in, columns.size() + 1));
      }
    }
    Set<String> names = new HashSet<>();
    for (Field column : columns) {
      if (!names.add(column.key())) {
        throw new Untranslatable(
            select.at(), "two columns are named '%s'; rename one with AS".formatted(column.name()));
      }
    }
    return columns;
  }

  /** An output has undeclared fields of one input. */
  private void addAll(List<Field> star, Query.Star at, List<Field> columns) {
    boolean has = columns.stream().anyMatch(column -> column.slot().isUndeclared());
    for (Field column : star) {
      if (column.slot().isUndeclared() && has) {
        notes.differs(
            at.at(),
            "SELECT * of a second input passes on its declared columns only",
            Section.UNDECLARED_FIELDS);
      } else {
        columns.add(column);
      }
    }
  }

  private Field column(Query.Value value, Expressions in, int number) {
    Expression expression = value.expression();
    Sql sql = in.of(expression);
    if (expression instanceof Expression.Null || sql.text().equals("NULL")) {
      sql = Sql.of("CAST(NULL AS STRING)", ColumnType.Scalar.STRING);
    }
    String name = value.name().map(Name::text).orElseGet(() -> name(expression, number));
    // While uses are collected, a column that is passed on stays the same column.
    Slot slot =
        sql.slot()
            .orElse(
                sql.type()
                    .map(type -> Slot.declared(name, type))
                    .orElseGet(() -> Slot.used(name, value.at())));
    return new Field(name, sql.text(), slot, sql.isTimeAttribute());
  }

  private String name(Expression expression, int number) {
    if (expression instanceof Expression.Column column && !Window.isTimestamp(column)) {
      return column.path().get(column.path().size() - 1).text();
    }
    if (expression instanceof Expression.Field field) {
      return field.name().text();
    }
    if (expression instanceof Expression.Call call && Aggregates.isAggregate(call)) {
      return call.function();
    }
    String name = "column_" + number;
    notes.decide(expression.at(), "the column has no name; it is named '%s' here".formatted(name));
    return name;
  }

  private List<Field> star(
      Query.Star star, Expressions in, From from, boolean grouped, boolean isFlat) {
    if (grouped) {
      throw new Untranslatable(star.at(), "SELECT * with GROUP BY");
    }
    List<Relation> relations = from.scope().relations();
    if (star.of().isEmpty()) {
      if (relations.size() > 1) {
        throw new Untranslatable(star.at(), "SELECT * of a join: list the columns");
      }
      return all(relations.get(0), star, from);
    }
    Optional<Relation> relation =
        star.of().size() == 1 ? from.scope().relation(star.of().get(0)) : Optional.empty();
    if (relation.isPresent()) {
      return all(relation.get(), star, from);
    }
    Sql record = in.of(new Expression.Column(star.of(), star.at()));
    List<Field> fields = new ArrayList<>();
    record
        .slot()
        .ifPresent(
            slot ->
                slot.fields()
                    .forEach(
                        field ->
                            fields.add(
                                new Field(
                                    field.name(),
                                    record.text() + "." + Sql.name(field.name()),
                                    field,
                                    false))));
    if (from.scope().isCollecting()) {
      return fields;
    }
    boolean isGuessed =
        record.slot().filter(slot -> slot.isGuessed() || slot.isParsed()).isPresent();
    if (fields.isEmpty() && (isFlat || !isGuessed)) {
      throw unknownFields(star);
    }
    return isGuessed ? guessed(record, fields, star) : fields;
  }

  /** The text of a record whose fields are not known has all of them. */
  private List<Field> guessed(Sql record, List<Field> fields, Query.Star star) {
    String name = record.slot().orElseThrow().name();
    if (!fields.isEmpty()) {
      notes.differs(
          star.at(),
          "%s.* passes on the fields that queries name only: %s; give a sample with --sample INPUT=FILE for the others"
              .formatted(name, fields.stream().map(Field::name).collect(joining(", "))),
          Section.UNDECLARED_FIELDS);
      return fields;
    }
    if (!passesUndeclared || !record.is(ColumnType.Scalar.STRING)) {
      throw unknownFields(star);
    }
    return List.of(new Field("undeclared_" + name, record.text(), Slot.undeclared(name), false));
  }

  private static Untranslatable unknownFields(Query.Star star) {
    return new Untranslatable(
        star.at(), "the fields of the record are not known; give a sample with --sample");
  }

  private List<Field> all(Relation relation, Query.Star star, From from) {
    Optional<Field> undeclared = passesUndeclared ? relation.undeclared() : Optional.empty();
    List<Field> fields =
        relation.fields().stream()
            .filter(field -> passesUndeclared || !field.slot().isUndeclared())
            .toList();
    if (from.scope().isCollecting()) {
      return fields;
    }
    if (fields.isEmpty()) {
      throw new Untranslatable(
          star.at(),
          "SELECT *: the columns are not known; give a sample with --sample INPUT=FILE, or declare"
              + " them with CREATE TABLE");
    }
    String declared =
        fields.stream()
            .filter(field -> !field.slot().isUndeclared())
            .map(Field::name)
            .collect(joining(", "));
    if (undeclared.isEmpty()) {
      notes.decide(star.at(), "SELECT * passes on the declared columns only: " + declared);
    } else if (!declared.isEmpty()) {
      notes.decide(
          star.at(),
          "SELECT * passes on all fields: %s with the types of their columns, and as null if an event does not have them; others as they are"
              .formatted(declared));
    }
    return fields;
  }
}
