package dev.outflow.format;

import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RowType;

/** Creates the writers of CSV columns. Arrays and rows are not supported. */
record CsvFieldWriters(CsvSchema dialect, ScalarWriters scalars, CsvTextWriter text) {
  static CsvFieldWriters of(CsvSchema dialect, int minFractionDigits, boolean plainDecimals) {
    CsvTextWriter text = new CsvTextWriter(dialect);
    return new CsvFieldWriters(
        dialect, new ScalarWriters(' ', minFractionDigits, plainDecimals, text, false), text);
  }

  static boolean supports(RowType type) {
    return type.getChildren().stream().allMatch(CsvFieldWriters::supports);
  }

  private static boolean supports(LogicalType type) {
    return type.is(LogicalTypeFamily.CHARACTER_STRING) || ScalarTypes.contains(type);
  }

  /** Creates a writer for rows of a supported type; not thread-safe. */
  FieldWriter row(RowType type) {
    return new CsvRowWriter(type, this::writer, dialect);
  }

  private FieldWriter writer(LogicalType type) {
    return type.is(LogicalTypeFamily.CHARACTER_STRING) ? text : scalars.writer(type);
  }
}
