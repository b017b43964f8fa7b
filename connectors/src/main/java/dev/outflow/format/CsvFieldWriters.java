package dev.outflow.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RowType;

/**
 * The types of columns that are written as CSV, those of Flink's without arrays and rows.
 *
 * @param bareNumbers whether a number that comes as text is written without quotes
 */
record CsvFieldWriters(ScalarWriters scalars, boolean bareNumbers) {
  CsvFieldWriters(boolean plainDecimals, boolean bareNumbers) {
    this(
        new ScalarWriters(
            ' ',
            plainDecimals,
            (out, ascii, length) -> out.writeString(new String(ascii, 0, length, ISO_8859_1))),
        bareNumbers);
  }

  static boolean known(RowType type) {
    return type.getChildren().stream().allMatch(CsvFieldWriters::known);
  }

  private static boolean known(LogicalType type) {
    return type.is(LogicalTypeFamily.CHARACTER_STRING) || ScalarWriters.known(type);
  }

  /** For rows whose type is {@link #known}; not for several threads. */
  FieldWriter row(RowType type) {
    return new RowWriter(type, this::writer, false);
  }

  private FieldWriter writer(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case CHAR, VARCHAR -> (out, value) -> out.writeString(text(value.toString()));
      case DOUBLE ->
          bareNumbers ? scalars.writer(type) : (out, value) -> out.writeNumber((double) value);
      default -> scalars.writer(type);
    };
  }

  /** Half a character at the end would wait for the other half, in the next row. */
  private static String text(String text) {
    if (!text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1))) {
      throw new UnsupportedValueException();
    }
    return text;
  }
}
