package dev.outflow.testing.rows;

import static java.util.stream.Collectors.joining;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/** Checks that rows match the columns of a table. */
public final class RowCheck {
  private RowCheck() {}

  /**
   * Checks the rows of an input.
   *
   * @throws IllegalArgumentException at the first row that does not match, with its column and the
   *     expected type
   */
  public static void check(String input, ResolvedSchema schema, List<Row> rows) {
    Set<String> ofDeletion = keyAndTime(schema);
    List<Column> columns = schema.getColumns().stream().filter(RowTableFactory::isGiven).toList();
    for (int number = 1; number <= rows.size(); number++) {
      Row row = rows.get(number - 1);
      String place = "input '%s', row %d".formatted(input, number);
      if (row.getArity() != columns.size()) {
        throw new IllegalArgumentException(
            "%s has %d values; expected one for each of %s"
                .formatted(
                    place,
                    row.getArity(),
                    columns.stream().map(Column::getName).collect(joining(", "))));
      }
      boolean isDeletion = row.getKind() == RowKind.DELETE && !ofDeletion.isEmpty();
      for (int index = 0; index < columns.size(); index++) {
        Column column = columns.get(index);
        if (!isDeletion) {
          check(place, column, row.getField(index));
        } else if (ofDeletion.contains(column.getName())) {
          checkDeletion(place, column, row.getField(index));
        }
      }
    }
  }

  private static void checkDeletion(String place, Column column, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(
          "%s: column '%s' is null, but a deletion requires the primary key and the event time"
              .formatted(place, column.getName()));
    }
    check(place, column, value);
  }

  /** Returns the columns that a deletion has values for; none if rows cannot be deleted. */
  private static Set<String> keyAndTime(ResolvedSchema schema) {
    if (schema.getPrimaryKey().isEmpty()) {
      return Set.of();
    }
    Set<String> names = new HashSet<>(schema.getPrimaryKey().get().getColumns());
    schema.getWatermarkSpecs().forEach(time -> names.add(time.getRowtimeAttribute()));
    return names;
  }

  private static void check(String place, Column column, Object value) {
    DataType type = column.getDataType();
    if (value == null) {
      if (!type.getLogicalType().isNullable()) {
        throw new IllegalArgumentException(
            "%s: column '%s' is NOT NULL".formatted(place, column.getName()));
      }
    } else if (!type.getConversionClass().isInstance(value)
        && !(type.getConversionClass().isArray() && value instanceof Object[])) {
      throw new IllegalArgumentException(
          "%s: column '%s' of type %s requires a %s, not a %s"
              .formatted(
                  place,
                  column.getName(),
                  TypeName.of(type),
                  type.getConversionClass().getName(),
                  value.getClass().getName()));
    }
  }
}
