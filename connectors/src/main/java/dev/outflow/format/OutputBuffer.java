package dev.outflow.format;

import java.util.Arrays;

/**
 * Bytes that are written one after the other, in a buffer that grows and is reused.
 *
 * <p>Not thread-safe.
 */
public abstract class OutputBuffer {
  private static final int INITIAL_SIZE = 512;

  /** A larger buffer is not kept for the next content. */
  private static final int MAX_KEPT = 1 << 20;

  private static final int MAX_SIZE = Integer.MAX_VALUE - 8;

  /** The content, and room for more; {@link #reserve} can replace it. */
  protected byte[] bytes = new byte[INITIAL_SIZE];

  /** The number of bytes of the content. */
  protected int size;

  /** Creates an empty buffer. */
  protected OutputBuffer() {}

  /** Discards the content. */
  public final void reset() {
    size = 0;
    if (bytes.length > MAX_KEPT) {
      bytes = new byte[INITIAL_SIZE];
    }
  }

  /** Returns a copy of the content. */
  public final byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Writes bytes unchanged. */
  public final void writeRaw(byte[] value) {
    writeRaw(value, 0, value.length);
  }

  /** Writes some bytes of an array unchanged. */
  public final void writeRaw(byte[] value, int from, int length) {
    reserve(length);
    System.arraycopy(value, from, bytes, size, length);
    size += length;
  }

  /**
   * Makes room for {@code count} more bytes.
   *
   * @throws ArithmeticException if the content would exceed 2 GB
   */
  protected final void reserve(int count) {
    if (count > bytes.length - size) {
      bytes =
          Arrays.copyOf(
              bytes,
              Math.max(Math.addExact(size, count), (int) Math.min(MAX_SIZE, 2L * bytes.length)));
    }
  }
}
