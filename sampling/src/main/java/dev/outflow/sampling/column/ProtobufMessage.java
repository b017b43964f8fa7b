package dev.outflow.sampling.column;

/**
 * Recognizes messages of Protobuf: values that consist of complete fields and nothing else.
 *
 * <p>The wire format: <a href="https://protobuf.dev/programming-guides/encoding/">Encoding</a>.
 */
final class ProtobufMessage {
  private static final int MAX_FIELD = 4096;
  private static final int TYPE_BITS = 3;
  private static final int TYPE_MASK = 7;
  private static final int VARINT_BITS = 7;
  private static final int VARINT_MASK = 0x7f;

  private final byte[] value;
  private int position;

  private ProtobufMessage(byte[] value) {
    this.value = value;
  }

  /** Returns whether a value can be a message with at least one field. */
  static boolean isComplete(byte[] value) {
    ProtobufMessage message = new ProtobufMessage(value);
    while (message.position < value.length) {
      if (!message.skipField()) {
        return false;
      }
    }
    return value.length > 0;
  }

  private boolean skipField() {
    long tag = varint();
    long field = tag >> TYPE_BITS;
    if (field < 1 || field > MAX_FIELD) {
      return false;
    }
    long size =
        switch ((int) (tag & TYPE_MASK)) {
          case 0 -> varint() < 0 ? -1 : 0;
          case 1 -> Long.BYTES;
          case 2 -> varint();
          case 5 -> Integer.BYTES;
          default -> -1;
        };
    if (size < 0 || size > value.length - position) {
      return false;
    }
    position += (int) size;
    return true;
  }

  /** Returns a number of at most 63 bits; -1 if it is longer or not complete. */
  private long varint() {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE - 1 && position < value.length; shift += VARINT_BITS) {
      byte next = value[position++];
      number |= (long) (next & VARINT_MASK) << shift;
      if (next >= 0) {
        return number;
      }
    }
    return -1;
  }
}
