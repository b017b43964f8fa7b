package dev.outflow.avro;

import dev.outflow.format.OutputBuffer;
import org.apache.avro.io.BinaryData;

/** Values in Avro's binary encoding. */
final class AvroOutput extends OutputBuffer {
  private static final int MAX_INT = 5;
  private static final int MAX_LONG = 10;

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
}
