package dev.outflow.testing.rows;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;

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
      for (int index = 0; index < columns.size(); index++) {
        check(place, columns.get(index), row.getField(index));
      }
    }
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
