package dev.outflow.format.reader;

import static java.nio.charset.StandardCharsets.UTF_8;

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

  /**
   * Reads a field.
   *
   * @param field its text; null if the line has no such field
   */
  Object read(String field) throws InvalidValueException {
    try {
      Object value = field == null || field.equals(nullLiteral) ? null : value(field);
      if (value == null && !nullable) {
        throw InvalidValueException.isNull();
      }
      return value;
    } catch (InvalidValueException e) {
      throw e.within(name);
    }
  }

  private Object value(String field) throws InvalidValueException {
    if (text != null) {
      byte[] utf8 = field.getBytes(UTF_8);
      return text.read(utf8, 0, utf8.length);
    }
    byte[] trimmed = field.strip().getBytes(UTF_8);
    return trimmed.length == 0 && !(scalar instanceof Base64Reader)
        ? null
        : scalar.read(trimmed, 0, trimmed.length);
  }
}
