package dev.outflow.format;

import static org.apache.flink.formats.csv.CsvFormatOptions.DISABLE_QUOTE_CHARACTER;
import static org.apache.flink.formats.csv.CsvFormatOptions.ESCAPE_CHARACTER;
import static org.apache.flink.formats.csv.CsvFormatOptions.FIELD_DELIMITER;
import static org.apache.flink.formats.csv.CsvFormatOptions.QUOTE_CHARACTER;

import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import org.apache.commons.text.StringEscapeUtils;
import org.apache.flink.configuration.ReadableConfig;

/** The options of Flink's {@code csv} that reading and writing share. */
public final class CsvDialect {
  private CsvDialect() {}

  /** Returns delimiter, quote and escape characters, without columns; Flink has validated them. */
  public static CsvSchema of(ReadableConfig csv) {
    CsvSchema.Builder dialect =
        CsvSchema.builder()
            .setColumnSeparator(first(StringEscapeUtils.unescapeJava(csv.get(FIELD_DELIMITER))));
    if (csv.get(DISABLE_QUOTE_CHARACTER)) {
      dialect.disableQuoteChar();
    } else {
      dialect.setQuoteChar(first(csv.get(QUOTE_CHARACTER)));
    }
    csv.getOptional(ESCAPE_CHARACTER).map(CsvDialect::first).ifPresent(dialect::setEscapeChar);
    return dialect.build();
  }

  private static char first(String text) {
    return text.charAt(0);
  }
}
