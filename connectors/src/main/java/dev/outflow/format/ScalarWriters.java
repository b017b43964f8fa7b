package dev.outflow.format;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Base64;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Creates the writers of scalar values that all formats share.
 *
 * @param separator the character between date and time
 * @param minFractionDigits the digits that the fraction of a second has at least
 * @param plainDecimals whether decimals are written without exponent, keeping trailing zeros
 * @param text writes dates, times and Base64
 * @param quotesNonFinite whether NaN and infinity are written in quotes
 */
record ScalarWriters(
    char separator,
    int minFractionDigits,
    boolean plainDecimals,
    AsciiWriter text,
    boolean quotesNonFinite) {
  private static final long NANOS_PER_MILLI = Duration.ofMillis(1).toNanos();

  /** Creates a writer for values of a supported type; not thread-safe. */
  FieldWriter writer(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> (out, value) -> out.writeAscii(value.toString());
      case TINYINT -> (out, value) -> out.writeNumber((byte) value);
      case SMALLINT -> (out, value) -> out.writeNumber((short) value);
      case INTEGER, INTERVAL_YEAR_MONTH -> (out, value) -> out.writeNumber((int) value);
      case BIGINT, INTERVAL_DAY_TIME -> (out, value) -> out.writeNumber((long) value);
      case FLOAT ->
          (out, value) ->
              DoubleWriter.write(
                  out, value.toString(), quotesNonFinite && !Float.isFinite((float) value));
      case DOUBLE -> new DoubleWriter(quotesNonFinite);
      case DECIMAL -> (out, value) -> out.writeAscii(decimal((DecimalData) value));
      case BINARY, VARBINARY ->
          (out, value) -> {
            byte[] base64 = Base64.getEncoder().encode((byte[]) value);
            text.write(out, base64, base64.length);
          };
      default -> time(type);
    };
  }

  private String decimal(DecimalData value) {
    BigDecimal decimal = value.toBigDecimal();
    return plainDecimals ? decimal.toPlainString() : decimal.stripTrailingZeros().toString();
  }

  private FieldWriter time(LogicalType type) {
    TemporalText time = new TemporalText(minFractionDigits, text);
    return switch (type.getTypeRoot()) {
      case DATE -> (out, value) -> time.begin().date((int) value).end(out);
      case TIME_WITHOUT_TIME_ZONE ->
          (out, value) -> time.begin().time((int) value * NANOS_PER_MILLI).end(out);
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          (out, value) -> time.begin().timestamp((TimestampData) value, separator).end(out);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          (out, value) ->
              time.begin().timestamp((TimestampData) value, separator).letter('Z').end(out);
      default -> throw new IllegalArgumentException("not a scalar type: " + type);
    };
  }
}
