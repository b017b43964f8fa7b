package dev.outflow.avro;

import java.util.Arrays;
import org.apache.avro.io.BinaryData;

/**
 * Encodes Avro's binary encoding into a buffer that grows and is reused.
 *
 * <p>Not thread-safe.
 */
final class AvroOutput {
  private static final int INITIAL_SIZE = 512;
  private static final int MAX_INT = 5;
  private static final int MAX_LONG = 10;

  private byte[] bytes = new byte[INITIAL_SIZE];
  private int size;

  /** Discards the content. */
  void reset() {
    size = 0;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  void writeBoolean(boolean value) {
    reserve(1);
    bytes[size++] = (byte) (value ? 1 : 0);
  }

  void writeInt(int value) {
    reserve(MAX_INT);
    size += BinaryData.encodeInt(value, bytes, size);
  }

  void writeLong(long value) {
    reserve(MAX_LONG);
    size += BinaryData.encodeLong(value, bytes, size);
  }

  void writeFloat(float value) {
    reserve(Float.BYTES);
    size += BinaryData.encodeFloat(value, bytes, size);
  }

  void writeDouble(double value) {
    reserve(Double.BYTES);
    size += BinaryData.encodeDouble(value, bytes, size);
  }

  /** Writes bytes after their length. */
  void writeBytes(byte[] value) {
    writeInt(value.length);
    writeRaw(value);
  }

  void writeRaw(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  /**
   * Writes the unscaled value of a decimal: as few big-endian bytes as possible, and before that
   * their number.
   */
  void writeUnscaled(long value) {
    int length =
        (Long.SIZE - Long.numberOfLeadingZeros(value ^ (value >> (Long.SIZE - 1)))) / Byte.SIZE + 1;
    writeInt(length);
    reserve(length);
    for (int shift = (length - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      bytes[size++] = (byte) (value >> shift);
    }
  }

  private void reserve(int count) {
    if (count > bytes.length - size) {
      bytes =
          Arrays.copyOf(
              bytes,
              Math.max(
                  Math.addExact(size, count),
                  (int) Math.min(Integer.MAX_VALUE - 8, 2L * bytes.length)));
    }
  }
}
