package dev.outflow.format.reader;

import dev.outflow.format.Utf8Text;
import java.math.BigDecimal;
import org.apache.flink.table.data.DecimalData;

/**
 * Reads numbers of the form {@code -12.50e3} from characters. Numbers of up to 18 digits need no
 * objects; longer ones take a slower path with the same result.
 *
 * <p>Reused for each number; not thread-safe.
 */
final class NumberScanner {
  private static final int MAX_LENGTH = 1000;
  private static final int MAX_DIGITS = 18;

  /** Larger ones cannot be the exponent of a number that fits any type, except zero. */
  private static final int MAX_EXPONENT = 10_000;

  private static final double[] DOUBLE_POWERS = doublePowers(22);
  private static final float[] FLOAT_POWERS = {1, 10, 100, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f};
  private static final long[] POWERS = powers();

  private byte[] text;
  private int from;
  private int to;
  private boolean negative;

  /** The significant digits without point; the first ones only, unless {@link #complete}. */
  private long digits;

  private boolean complete;

  /** The value is {@link #digits} divided by ten to this power. */
  private int scale;

  private int exponent;

  /** Reads the characters; returns whether they are a number. */
  boolean scan(byte[] characters, int start, int end) {
    text = characters;
    from = start;
    to = end;
    digits = 0;
    complete = true;
    scale = 0;
    exponent = 0;
    int at = start;
    negative = at < end && characters[at] == '-';
    if (negative || (at < end && characters[at] == '+')) {
      at++;
    }
    at = scanDigits(at);
    if (at < 0 || end - start > MAX_LENGTH) {
      return false;
    }
    return at == end || ((characters[at] | 0x20) == 'e' && scanExponent(at + 1));
  }

  /** Returns where the digits end; -1 if there are none. */
  private int scanDigits(int start) {
    int at = start;
    long value = 0;
    int point = -1;
    int decimals = 0;
    for (; at < to; at++) {
      int digit = text[at] - '0';
      if (digit >= 0 && digit <= 9) {
        if (value < POWERS[MAX_DIGITS - 1]) {
          value = value * 10 + digit;
          decimals += point < 0 ? 0 : 1;
        } else {
          complete = false;
        }
      } else if (digit == '.' - '0' && point < 0) {
        point = at;
      } else {
        break;
      }
    }
    digits = value;
    scale = decimals;
    return at - start - (point < 0 ? 0 : 1) > 0 ? at : -1;
  }

  private boolean scanExponent(int start) {
    int at = start;
    boolean minus = at < to && text[at] == '-';
    if (minus || (at < to && text[at] == '+')) {
      at++;
    }
    int first = at;
    for (; at < to && text[at] >= '0' && text[at] <= '9'; at++) {
      exponent = Math.min(exponent * 10 + text[at] - '0', MAX_EXPONENT + 1);
    }
    exponent = minus ? -exponent : exponent;
    scale -= exponent;
    return at == to && at > first;
  }

  private boolean isZero() {
    return complete && digits == 0;
  }

  private boolean isExtreme() {
    return Math.abs(exponent) > MAX_EXPONENT;
  }

  /**
   * Returns the number as an integer.
   *
   * @param type the type's name, for messages
   * @throws InvalidValueException if it has a fraction or is out of range
   */
  long whole(String type, long min, long max) throws InvalidValueException {
    if (isZero()) {
      return 0;
    }
    long value = complete && !isExtreme() ? shortWhole(type) : longWhole(type);
    if (value < min || value > max) {
      throw outOfRange(type);
    }
    return value;
  }

  private long shortWhole(String type) throws InvalidValueException {
    long value = digits;
    int rest = scale;
    for (; rest > 0 && value % 10 == 0; rest--) {
      value /= 10;
    }
    if (rest > 0) {
      throw fraction(type);
    }
    for (; rest < 0; rest++) {
      if (value > Long.MAX_VALUE / 10) {
        throw outOfRange(type);
      }
      value *= 10;
    }
    return negative ? -value : value;
  }

  private long longWhole(String type) throws InvalidValueException {
    BigDecimal value = bigDecimal(type).stripTrailingZeros();
    if (value.scale() > 0) {
      throw fraction(type);
    }
    if (value.precision() - value.scale() > MAX_DIGITS + 1) {
      throw outOfRange(type);
    }
    try {
      return value.longValueExact();
    } catch (ArithmeticException e) {
      throw outOfRange(type);
    }
  }

  /** Returns the nearest double; infinite if the number is out of range. */
  double toDouble() {
    if (complete && digits <= 1L << 53 && Math.abs(scale) < DOUBLE_POWERS.length) {
      double value = scale > 0 ? digits / DOUBLE_POWERS[scale] : digits * DOUBLE_POWERS[-scale];
      return negative ? -value : value;
    }
    return Double.parseDouble(Utf8Text.decode(text, from, to));
  }

  /** Returns the nearest float; infinite if the number is out of range. */
  float toFloat() {
    if (complete && digits <= 1L << 24 && Math.abs(scale) < FLOAT_POWERS.length) {
      float value = scale > 0 ? digits / FLOAT_POWERS[scale] : digits * FLOAT_POWERS[-scale];
      return negative ? -value : value;
    }
    return Float.parseFloat(Utf8Text.decode(text, from, to));
  }

  /**
   * Returns the number with exactly this scale.
   *
   * @param type the type's name, for messages
   * @throws InvalidValueException if it has more digits, other than zeros after the point
   */
  DecimalData toDecimal(String type, int precision, int targetScale) throws InvalidValueException {
    if (isZero()) {
      return DecimalData.zero(precision, targetScale);
    }
    if (!complete || isExtreme() || precision > MAX_DIGITS) {
      return longDecimal(type, precision, targetScale);
    }
    long value = digits;
    int rest = scale - targetScale;
    for (; rest > 0 && value % 10 == 0; rest--) {
      value /= 10;
    }
    if (rest > 0) {
      throw digits(type, targetScale);
    }
    for (; rest < 0; rest++) {
      if (value >= POWERS[precision - 1]) {
        throw outOfRange(type);
      }
      value *= 10;
    }
    if (value >= POWERS[precision]) {
      throw outOfRange(type);
    }
    return DecimalData.fromUnscaledLong(negative ? -value : value, precision, targetScale);
  }

  private DecimalData longDecimal(String type, int precision, int targetScale)
      throws InvalidValueException {
    BigDecimal value = bigDecimal(type).stripTrailingZeros();
    if (value.scale() > targetScale) {
      throw digits(type, targetScale);
    }
    if (value.precision() - value.scale() > precision - targetScale) {
      throw outOfRange(type);
    }
    return DecimalData.fromBigDecimal(value.setScale(targetScale), precision, targetScale);
  }

  /** Rejects exponents that would take gigabytes of digits. */
  private BigDecimal bigDecimal(String type) throws InvalidValueException {
    if (isExtreme()) {
      throw exponent > 0 ? outOfRange(type) : fraction(type);
    }
    return new BigDecimal(Utf8Text.decode(text, from, to));
  }

  private static InvalidValueException fraction(String type) {
    return InvalidValueException.conversion(
        "a number with a fraction is not a valid %s".formatted(type));
  }

  private static InvalidValueException digits(String type, int scale) {
    return InvalidValueException.conversion(
        "a number with more than %d digits after the decimal point is not a valid %s"
            .formatted(scale, type));
  }

  static InvalidValueException outOfRange(String type) {
    return InvalidValueException.outOfRange(type);
  }

  private static double[] doublePowers(int last) {
    double[] powers = new double[last + 1];
    for (int exponent = 0; exponent <= last; exponent++) {
      powers[exponent] = Double.parseDouble("1e" + exponent);
    }
    return powers;
  }

  private static long[] powers() {
    long[] powers = new long[MAX_DIGITS + 1];
    powers[0] = 1;
    for (int exponent = 1; exponent <= MAX_DIGITS; exponent++) {
      powers[exponent] = 10 * powers[exponent - 1];
    }
    return powers;
  }
}
