package dev.outflow.kafka.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outflow.option.InvalidOptionsException;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Encodes a key of one column, or a header, as plain UTF-8 text, e.g. {@code 42}, {@code 19.90},
 * {@code 2026-11-23T10:15:00Z}: the text that the column has in a JSON value. Binary columns are
 * used unchanged.
 */
@FunctionalInterface
interface ColumnTextEncoder extends Serializable {
  /** Encodes a value in Flink's internal format, which must not be null. */
  byte[] encode(Object value);

  /**
   * Returns the encoder for a column's type.
   *
   * @param option the option that names the column, for the error
   * @throws InvalidOptionsException if the type cannot be written as plain text, e.g. an array
   */
  static ColumnTextEncoder forType(String option, String column, LogicalType type) {
    return switch (type.getTypeRoot()) {
      case CHAR, VARCHAR -> value -> ((StringData) value).toBytes();
      case BINARY, VARBINARY -> value -> (byte[]) value;
      case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE ->
          value -> value.toString().getBytes(UTF_8);
      case DECIMAL -> value -> ((DecimalData) value).toBigDecimal().toPlainString().getBytes(UTF_8);
      case DATE -> value -> LocalDate.ofEpochDay((int) value).toString().getBytes(UTF_8);
      case TIME_WITHOUT_TIME_ZONE ->
          value ->
              DateTimeFormatter.ISO_LOCAL_TIME
                  .format(LocalTime.ofNanoOfDay((int) value * 1_000_000L))
                  .getBytes(UTF_8);
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          value ->
              DateTimeFormatter.ISO_LOCAL_DATE_TIME
                  .format(((TimestampData) value).toLocalDateTime())
                  .getBytes(UTF_8);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          // Instant.toString() would write 0, 3, 6 or 9 decimals, a JSON value as many as needed.
          value ->
              (DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                          ((TimestampData) value).toLocalDateTime())
                      + "Z")
                  .getBytes(UTF_8);
      default ->
          throw InvalidOptionsException.of(
              option,
              "column '%s' has type %s, which cannot be written as plain text; choose another column or CAST it in the query"
                  .formatted(column, type.asSummaryString()));
    };
  }
}
