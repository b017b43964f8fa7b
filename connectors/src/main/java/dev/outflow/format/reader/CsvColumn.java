package dev.outflow.format.reader;

import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/**
 * Reads the fields of a column.
 *
 * @param text the reader of a text column; null for other types
 * @param scalar the reader of other types
 * @param nullLiteral the text that means null; null if there is none
 */
record CsvColumn(
    String name, boolean nullable, TextReader text, ScalarReader scalar, String nullLiteral) {

  static CsvColumn of(String name, LogicalType type, ScalarReaders scalars, String nullLiteral) {
    boolean isText = type.is(LogicalTypeFamily.CHARACTER_STRING);
    return new CsvColumn(
        name,
        type.isNullable(),
        isText ? TextReader.of(type) : null,
        isText ? null : scalars.reader(type),
        nullLiteral);
  }

  /** Returns the value of a column that lines do not have. */
  Object absent() throws InvalidValueException {
    if (nullable) {
      return null;
    }
    throw InvalidValueException.isNull().within(name);
  }

  /** Reads a field of a line. */
  Object read(CsvFields fields, int field) throws InvalidValueException {
    Object value;
    try {
      value = value(fields, field);
    } catch (InvalidValueException e) {
      throw e.within(name);
    }
    return value == null ? absent() : value;
  }

  private Object value(CsvFields fields, int field) throws InvalidValueException {
    if (nullLiteral != null && fields.text(field).equals(nullLiteral)) {
      return null;
    }
    byte[] bytes = fields.bytes();
    int from = fields.from(field);
    int to = fields.to(field);
    return text == null ? scalar.readStripped(bytes, from, to) : text.read(bytes, from, to);
  }
}
