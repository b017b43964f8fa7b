package dev.outflow.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RowType;

/**
 * Creates the writers of CSV columns. Arrays and rows are not supported.
 *
 * @param bareNumbers whether a number that is passed as text is written without quotes
 */
record CsvFieldWriters(ScalarWriters scalars, boolean bareNumbers) {
  CsvFieldWriters(int minFractionDigits, boolean plainDecimals, boolean bareNumbers) {
    this(
        new ScalarWriters(
            ' ',
            minFractionDigits,
            plainDecimals,
            (out, ascii, length) -> out.writeString(new String(ascii, 0, length, ISO_8859_1))),
        bareNumbers);
  }

  static boolean supports(RowType type) {
    return type.getChildren().stream().allMatch(CsvFieldWriters::supports);
  }

  private static boolean supports(LogicalType type) {
    return type.is(LogicalTypeFamily.CHARACTER_STRING) || ScalarTypes.contains(type);
  }

  /** Creates a writer for rows of a supported type; not thread-safe. */
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

  /**
   * Leaves an unpaired high surrogate at the end to Flink: the generator would wait for its pair.
   */
  private static String text(String text) {
    if (!text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1))) {
      throw new UnsupportedValueException();
    }
    return text;
  }
}
