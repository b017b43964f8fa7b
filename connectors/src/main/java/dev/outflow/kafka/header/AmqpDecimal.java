package dev.outflow.kafka.header;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Decimal numbers of AMQP: IEEE 754-2008 with a binary integer as coefficient. */
final class AmqpDecimal {
  private AmqpDecimal() {}

  /** Returns the number in 4, 8 or 16 bytes as text: {@code 19.90}, {@code NaN}. */
  static String text(byte[] bytes) {
    BigInteger bits = new BigInteger(1, bytes);
    int size = bytes.length * Byte.SIZE;
    boolean negative = bits.testBit(size - 1);
    int exponentBits =
        switch (bytes.length) {
          case 4 -> 8;
          case 8 -> 10;
          default -> 14;
        };
    if (bits.testBit(size - 2) && bits.testBit(size - 3)) {
      return special(bits, size, negative, exponentBits);
    }
    return number(bits, size - 1 - exponentBits, BigInteger.ZERO, negative, exponentBits);
  }

  /** A large coefficient, which begins with the bits 100, an infinity or no number. */
  private static String special(BigInteger bits, int size, boolean negative, int exponentBits) {
    if (bits.testBit(size - 4) && bits.testBit(size - 5)) {
      return bits.testBit(size - 6) ? "NaN" : negative ? "-Infinity" : "Infinity";
    }
    int coefficientBits = size - 3 - exponentBits;
    return number(
        bits,
        coefficientBits,
        BigInteger.ONE.shiftLeft(coefficientBits + 2),
        negative,
        exponentBits);
  }

  private static String number(
      BigInteger bits,
      int coefficientBits,
      BigInteger implied,
      boolean negative,
      int exponentBits) {
    BigInteger coefficient = bits.and(mask(coefficientBits)).or(implied);
    int exponent = bits.shiftRight(coefficientBits).and(mask(exponentBits)).intValue();
    BigDecimal value = new BigDecimal(coefficient, bias(exponentBits) - exponent);
    return (negative ? value.negate() : value).toString();
  }

  private static BigInteger mask(int bits) {
    return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
  }

  /** Returns the exponent that means 0. */
  private static int bias(int exponentBits) {
    return switch (exponentBits) {
      case 8 -> 101;
      case 10 -> 398;
      default -> 6176;
    };
  }
}
