package dev.outflow.format.reader;

import dev.outflow.format.ScalarTypes;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RowType;

/** Reads the fields of a line as a row. */
final class CsvRowReader {
  private final CsvColumn[] columns;

  /**
   * Creates a reader.
   *
   * @param nullLiteral the text that means null; null if there is none
   */
  CsvRowReader(RowType type, ScalarReaders scalars, String nullLiteral) {
    columns =
        IntStream.range(0, type.getFieldCount())
            .mapToObj(
                column ->
                    CsvColumn.of(
                        type.getFieldNames().get(column),
                        type.getTypeAt(column),
                        scalars,
                        nullLiteral))
            .toArray(CsvColumn[]::new);
  }

  /** Returns whether values of this type can be read. */
  static boolean supports(LogicalType type) {
    return type.is(LogicalTypeFamily.CHARACTER_STRING) || ScalarTypes.contains(type);
  }

  /**
   * Reads a line.
   *
   * @param layout which field of the line each column has
   * @throws InvalidValueException if the line has too few or too many fields, or an invalid value
   */
  GenericRowData read(CsvFields fields, CsvLayout layout) throws InvalidValueException {
    layout.check(fields.count());
    GenericRowData row = new GenericRowData(columns.length);
    for (int column = 0; column < columns.length; column++) {
      int field = layout.field(column);
      row.setField(
          column, field < 0 ? columns[column].absent() : columns[column].read(fields, field));
    }
    return row;
  }
}
