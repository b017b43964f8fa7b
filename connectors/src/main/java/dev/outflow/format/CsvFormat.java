package dev.outflow.format;

import static org.apache.flink.formats.csv.CsvFormatOptions.NULL_LITERAL;
import static org.apache.flink.formats.csv.CsvFormatOptions.WRITE_BIGDECIMAL_IN_SCIENTIFIC_NOTATION;

import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.types.logical.RowType;

/**
 * Writes the same bytes as Flink's {@code csv}.
 *
 * @param dialect delimiter, quote and escape characters and the null literal; without columns
 * @param minFractionDigits the digits that the fraction of a second has at least
 * @param plainDecimals whether decimals are written without exponent, keeping trailing zeros
 */
record CsvFormat(CsvSchema dialect, int minFractionDigits, boolean plainDecimals)
    implements DirectFormat {
  /** Reads the format's options, which Flink has validated. */
  static CsvFormat of(Configuration csv) {
    CsvSchema.Builder dialect = CsvDialect.of(csv).rebuild();
    Optional.ofNullable(csv.get(NULL_LITERAL)).ifPresent(dialect::setNullValue);
    // Flink's option says true by default; its format behaves as if it were false.
    boolean scientific = csv.getOptional(WRITE_BIGDECIMAL_IN_SCIENTIFIC_NOTATION).orElse(false);
    return new CsvFormat(
        dialect.build(), csv.get(WriterOptions.minFractionDigits("")), !scientific);
  }

  @Override
  public boolean supports(RowType type) {
    return CsvFieldWriters.supports(type);
  }

  @Override
  public FieldWriter writer(RowType type) {
    return CsvFieldWriters.of(dialect, minFractionDigits, plainDecimals).row(type);
  }
}
