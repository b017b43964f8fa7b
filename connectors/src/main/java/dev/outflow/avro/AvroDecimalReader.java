package dev.outflow.avro;

import dev.outflow.format.ScalarTypes;
import dev.outflow.format.reader.InvalidValueException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Reads decimals of any scale that fit the column; none is rounded.
 *
 * @param fixedSize the number of bytes; negative if it precedes each value
 * @param written the scale of the values
 * @param limit 10 to the power of the precision, if that fits a long; otherwise 0
 */
record AvroDecimalReader(
    String type, int fixedSize, int written, int precision, int scale, long limit)
    implements AvroValueReader {
  private static final int LONG_DIGITS = 18;
  private static final int MIN_BITS_PER_DIGIT = 3;
  private static final int MAX_BITS_PER_DIGIT = 4;

  /**
   * Returns the reader; null if the values are not decimals. Bytes without the logical type have
   * the column's scale.
   */
  static AvroDecimalReader find(Schema written, LogicalType type) {
    boolean isFixed = written.getType() == Schema.Type.FIXED;
    if (!isFixed && written.getType() != Schema.Type.BYTES) {
      return null;
    }
    DecimalType column = (DecimalType) type;
    int precision = column.getPrecision();
    return new AvroDecimalReader(
        ScalarTypes.name(type),
        isFixed ? written.getFixedSize() : -1,
        written.getLogicalType() instanceof LogicalTypes.Decimal decimal
            ? decimal.getScale()
            : column.getScale(),
        precision,
        column.getScale(),
        precision <= LONG_DIGITS ? BigInteger.TEN.pow(precision).longValueExact() : 0);
  }

  @Override
  public Object read(AvroInput in) throws IOException, InvalidValueException {
    byte[] unscaled = in.readBytes(fixedSize < 0 ? in.readLength() : fixedSize);
    if (unscaled.length == 0) {
      throw new IOException("a decimal has no bytes");
    }
    if (limit > 0 && written == scale && unscaled.length <= Long.BYTES) {
      long value = unscaled[0];
      for (int at = 1; at < unscaled.length; at++) {
        value = (value << Byte.SIZE) | (unscaled[at] & 0xff);
      }
      if (value <= -limit || value >= limit) {
        throw InvalidValueException.outOfRange(type);
      }
      return DecimalData.fromUnscaledLong(value, precision, scale);
    }
    return exact(new BigInteger(unscaled));
  }

  private DecimalData exact(BigInteger unscaled) throws InvalidValueException {
    if (unscaled.signum() == 0) {
      return DecimalData.zero(precision, scale);
    }
    long surplus = Math.max(0, (long) written - scale);
    // Fewer digits than would be cut off; a schema can declare millions, which take minutes.
    if (unscaled.bitLength() < surplus * MIN_BITS_PER_DIGIT) {
      throw InvalidValueException.tooManyDecimals(scale, type);
    }
    if (unscaled.bitLength() > (precision + surplus) * MAX_BITS_PER_DIGIT) {
      throw InvalidValueException.outOfRange(type);
    }
    BigDecimal value = new BigDecimal(unscaled, written);
    BigDecimal scaled;
    try {
      scaled = value.setScale(scale);
    } catch (ArithmeticException e) {
      throw InvalidValueException.tooManyDecimals(scale, type);
    }
    if (scaled.precision() > precision) {
      throw InvalidValueException.outOfRange(type);
    }
    return DecimalData.fromBigDecimal(scaled, precision, scale);
  }
}
