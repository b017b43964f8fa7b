package dev.outflow.asa.translation;

import static java.util.stream.Collectors.joining;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Source;
import dev.outflow.sampling.column.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The elements of an array as a table: {@code CROSS APPLY GetArrayElements(array) AS e}. Records
 * become one column for each field in Flink; {@code e.ArrayValue} is then the table itself.
 *
 * @param columns of the table in Flink
 * @param relation as queries read it
 */
record Elements(List<String> columns, Relation relation) {
  private static final String INDEX = "ArrayIndex";
  private static final String VALUE = "ArrayValue";

  static Elements of(Source.Apply apply, Slot element) {
    String alias = Sql.name(apply.alias().text());
    List<String> columns = new ArrayList<>();
    boolean isRecord = !element.fields().isEmpty();
    if (isRecord) {
      element.fields().forEach(field -> columns.add(Sql.name(field.name())));
    } else {
      columns.add(Sql.name(VALUE));
    }
    columns.add(Sql.name(INDEX));
    String index = "CAST(%s.%s - 1 AS BIGINT)".formatted(alias, Sql.name(INDEX));
    return new Elements(
        columns,
        new Relation(
            Optional.of(apply.alias().text()),
            List.of(
                new Field(INDEX, index, Slot.declared(INDEX, ColumnType.Scalar.BIGINT), false),
                new Field(VALUE, isRecord ? alias : alias + "." + Sql.name(VALUE), element, false)),
            Optional.empty(),
            name -> Optional.empty()));
  }

  /** Returns whether a column is the table of unnested records. */
  static boolean isTable(Field field) {
    return !field.slot().fields().isEmpty() && field.sql().matches("`[^`]+`");
  }

  /** Returns the record of a row of such a table; OUTER APPLY adds a row without one. */
  static String record(Field field) {
    String type = field.slot().type().sql();
    String fields =
        field.slot().fields().stream()
            .map(part -> field.sql() + "." + Sql.name(part.name()))
            .collect(joining(", "));
    return "CASE WHEN %s.%s IS NULL THEN CAST(NULL AS %s) ELSE CAST(ROW(%s) AS %s) END"
        .formatted(field.sql(), Sql.name(INDEX), type, fields, type);
  }
}
