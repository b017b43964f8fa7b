package dev.outflow.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Examines eight bytes at a time. Results have the sign bit of each byte that was found; those of
 * bytes behind the first one can be wrong, and other bits mean nothing.
 */
public final class EightBytes {
  /** The sign bit of each byte, which no ASCII character has. */
  public static final long SIGNS = 0x8080808080808080L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;

  private EightBytes() {}

  /** Returns the bytes at a position. */
  public static long of(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** Finds an ASCII character. */
  public static long equalTo(int character, long eight) {
    return asciiEqualTo(character, eight) & ~(eight ^ (ONES * character)) & SIGNS;
  }

  /** Finds a character in fewer steps where all eight bytes are ASCII; otherwise finds anything. */
  static long asciiEqualTo(int character, long eight) {
    return (eight ^ (ONES * character)) - ONES;
  }

  /**
   * Finds characters below a limit of at most 128 where all eight bytes are ASCII; otherwise finds
   * anything.
   */
  static long asciiLessThan(int limit, long eight) {
    return eight - ONES * limit;
  }

  /** Returns the index, from 0 to 7, of the first byte that was found. */
  public static int first(long found) {
    return Long.numberOfTrailingZeros(found) / Byte.SIZE;
  }
}
