package dev.outflow.avro;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Decodes Avro's binary encoding from the bytes of one message. Unlike Avro's own decoder, it
 * checks a declared length before it allocates memory, and rejects numbers and booleans that do not
 * fit their type instead of dropping bits.
 *
 * <p>Not thread-safe.
 */
final class AvroInput {
  private static final VarHandle FLOAT = littleEndian(float[].class);
  private static final VarHandle DOUBLE = littleEndian(double[].class);
  private static final int MAX_VARINT = 10;

  private byte[] bytes = {};
  private int at;

  /** How many elements the arrays and maps of the message have declared so far. */
  private long elements;

  private static VarHandle littleEndian(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  /** Continues with another message, at {@code from}. */
  void reset(byte[] message, int from) {
    bytes = message;
    at = from;
    elements = 0;
  }

  int remaining() {
    return bytes.length - at;
  }

  boolean readBoolean() throws IOException {
    byte value = readByte();
    if ((value & ~1) != 0) {
      throw new IOException("a boolean is neither 0 nor 1");
    }
    return value == 1;
  }

  int readInt() throws IOException {
    long value = readLong();
    if (value != (int) value) {
      throw new IOException("an int has more than 32 bits");
    }
    return (int) value;
  }

  long readLong() throws IOException {
    int next = readByte();
    long raw = next & 0x7f;
    if (next >= 0) { // Most are lengths and indexes of one byte.
      return (raw >>> 1) ^ -(raw & 1);
    }
    for (int size = 1; next < 0; size++) {
      if (size == MAX_VARINT) {
        throw new IOException("a number has more than 10 bytes");
      }
      next = readByte();
      if (size == MAX_VARINT - 1 && next > 1) {
        throw new IOException("a number has more than 64 bits");
      }
      raw |= (next & 0x7fL) << (7 * size);
    }
    return (raw >>> 1) ^ -(raw & 1);
  }

  float readFloat() throws IOException {
    return (float) FLOAT.get(bytes, advance(Float.BYTES));
  }

  double readDouble() throws IOException {
    return (double) DOUBLE.get(bytes, advance(Double.BYTES));
  }

  /** Reads the length that precedes text and bytes. */
  int readLength() throws IOException {
    long length = readLong();
    if (length < 0 || length > remaining()) {
      throw new IOException("%d bytes are declared, %d remain".formatted(length, remaining()));
    }
    return (int) length;
  }

  byte[] readBytes(int length) throws IOException {
    int from = advance(length);
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  /** Reads the position of an enum's symbol or a union's type. */
  int readIndex(int count) throws IOException {
    int index = readInt();
    if (index < 0 || index >= count) {
      throw new IOException("%d is not one of %d types or symbols".formatted(index, count));
    }
    return index;
  }

  /**
   * Reads the number of elements in the next block of an array or map; 0 at its end. There cannot
   * be more elements than bytes, in all blocks of the message, except of types without content:
   * null, and records without fields.
   */
  int readBlock() throws IOException {
    long count = readLong();
    if (count < 0) {
      count = -count;
      readLong(); // The size in bytes.
    }
    if (count < 0 || count > remaining()) {
      throw new IOException(
          "%d elements are declared, %d bytes remain".formatted(count, remaining()));
    }
    elements += count;
    if (elements > bytes.length) {
      throw new IOException(
          "%d elements are declared in %d bytes".formatted(elements, bytes.length));
    }
    return (int) count;
  }

  void skip(int length) throws IOException {
    advance(length);
  }

  private byte readByte() throws IOException {
    return bytes[advance(1)];
  }

  /** Returns the position before it moves on. */
  private int advance(int length) throws IOException {
    int from = at;
    if (length > bytes.length - from) {
      throw new IOException("the message ends within a value");
    }
    at = from + length;
    return from;
  }
}
