package dev.outflow.sampling.column;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * What all numbers of a column have in common.
 *
 * <p>Not thread-safe.
 */
final class NumberProfile {
  private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);
  private static final int DEFAULT_PRECISION = 18;

  /** Programs write any double with one digit after the decimal point: {@code 21.0}. */
  private static final int MIN_FIXED_SCALE = 2;

  private static final int MAX_FIXED_SCALE = 6;

  /** Larger exponents are not written out as digits. */
  private static final int MAX_EXPONENT = 1000;

  private boolean allWhole = true;
  private boolean allLong = true;
  private boolean allDouble = true;
  private boolean allDecimal = true;
  private boolean fixed = true;
  private boolean endsInZero;
  private int writtenScale = -1;
  private int integers;
  private int fractions;

  /**
   * Adds a number.
   *
   * @param value with the digits after the decimal point as they are written
   */
  void add(BigDecimal value) {
    boolean isHuge = Math.abs((long) value.precision() - value.scale()) > MAX_EXPONENT;
    allDecimal = allDecimal && !isHuge;
    allDouble = allDouble && isExactDouble(value);
    addScale(value);
    if (isHuge) {
      allWhole = false;
      return;
    }
    BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    fractions = Math.max(fractions, Math.max(0, plain.scale()));
    integers = Math.max(integers, Math.max(0, plain.precision() - plain.scale()));
    if (plain.scale() > 0) {
      allWhole = false;
    } else if (allLong) {
      BigInteger whole = plain.toBigInteger();
      allLong = whole.compareTo(MIN_LONG) >= 0 && whole.compareTo(MAX_LONG) <= 0;
    }
  }

  private void addScale(BigDecimal value) {
    fixed = fixed && value.scale() > 0 && (writtenScale < 0 || value.scale() == writtenScale);
    writtenScale = value.scale();
    endsInZero = endsInZero || value.unscaledValue().mod(BigInteger.TEN).signum() == 0;
  }

  /** Returns whether DOUBLE gives the number back as it is. */
  private static boolean isExactDouble(BigDecimal value) {
    double number = value.doubleValue();
    return Double.isFinite(number) && new BigDecimal(Double.toString(number)).compareTo(value) == 0;
  }

  /**
   * Returns the type; only for a column with numbers. Decimal numbers are DOUBLE, unless they are
   * written with a fixed number of digits, as amounts of money are, or DOUBLE would change them.
   */
  ColumnType type() {
    boolean isFixed =
        fixed && endsInZero && writtenScale >= MIN_FIXED_SCALE && writtenScale <= MAX_FIXED_SCALE;
    if (allWhole && allLong && !isFixed) {
      return ColumnType.Scalar.BIGINT;
    }
    int scale = isFixed ? writtenScale : fractions;
    int digits = integers + scale;
    boolean fits = allDecimal && digits <= ColumnType.Decimal.MAX_PRECISION;
    if (allDouble && !(isFixed && fits)) {
      return ColumnType.Scalar.DOUBLE;
    }
    if (!fits) {
      return ColumnType.Scalar.STRING;
    }
    return new ColumnType.Decimal(
        digits <= DEFAULT_PRECISION && isFixed
            ? DEFAULT_PRECISION
            : ColumnType.Decimal.MAX_PRECISION,
        scale);
  }
}
