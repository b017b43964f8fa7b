package dev.outflow.kafka.header;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A value in the encoding of <a
 * href="https://docs.oasis-open.org/amqp/core/v1.0/os/amqp-core-types-v1.0-os.html">AMQP 1.0</a>:
 * one of the primitive types that an application property can have, or of the types that
 * Microsoft's clients add for URIs, durations and times with an offset.
 *
 * @param added the name of the added type; empty for a primitive one
 * @param code the format code of the encoding
 * @param data the bytes after the format code and the size
 */
record AmqpValue(String added, int code, ByteBuffer data) {
  private static final Charset UTF_32 = Charset.forName("UTF-32BE");
  private static final int DESCRIBED = 0x00;
  private static final String URI = "com.microsoft:uri";
  private static final String DURATION = "com.microsoft:timespan";
  private static final String TIME = "com.microsoft:datetime-offset";

  private static final Set<Integer> BYTES = Set.of(0xa0, 0xb0);
  private static final Set<Integer> STRINGS = Set.of(0xa1, 0xb1);
  private static final Set<Integer> SYMBOLS = Set.of(0xa3, 0xb3);
  private static final Set<Integer> LONGS = Set.of(0x55, 0x81);
  private static final Set<Integer> OTHERS =
      Set.of(
          0x40, 0x41, 0x42, 0x43, 0x44, 0x50, 0x51, 0x52, 0x53, 0x54, 0x56, 0x60, 0x61, 0x70, 0x71,
          0x72, 0x73, 0x74, 0x80, 0x82, 0x83, 0x84, 0x94, 0x98);

  /** Of .NET: 100 ns each, since the year 1. */
  private static final long TICKS_PER_SECOND = 10_000_000;

  private static final long EPOCH_TICKS = 621_355_968_000_000_000L;

  /** Returns the value; empty unless the bytes are exactly one value of such a type. */
  static Optional<AmqpValue> find(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length > 0 && bytes[0] == DESCRIBED) {
      in.get();
      return next(in)
          .filter(descriptor -> SYMBOLS.contains(descriptor.code))
          .flatMap(
              descriptor ->
                  next(in).map(value -> new AmqpValue(descriptor.utf8(), value.code, value.data)))
          .filter(value -> value.isKnown() && !in.hasRemaining());
    }
    return next(in).filter(value -> value.isKnown() && !in.hasRemaining());
  }

  private boolean isKnown() {
    return switch (added) {
      case "" ->
          BYTES.contains(code)
              || STRINGS.contains(code)
              || SYMBOLS.contains(code)
              || LONGS.contains(code)
              || OTHERS.contains(code);
      case URI -> STRINGS.contains(code);
      case DURATION, TIME -> LONGS.contains(code);
      default -> false;
    };
  }

  /** Reads a value, whose size follows from the upper half of its format code. */
  private static Optional<AmqpValue> next(ByteBuffer in) {
    if (!in.hasRemaining()) {
      return Optional.empty();
    }
    int code = Byte.toUnsignedInt(in.get());
    int size =
        switch (code >> 4) {
          case 0x4 -> 0;
          case 0x5 -> 1;
          case 0x6 -> 2;
          case 0x7 -> 4;
          case 0x8 -> 8;
          case 0x9 -> 16;
          case 0xa -> in.hasRemaining() ? Byte.toUnsignedInt(in.get()) : -1;
          case 0xb -> in.remaining() >= Integer.BYTES ? in.getInt() : -1;
          default -> -1;
        };
    if (size < 0 || size > in.remaining()) {
      return Optional.empty();
    }
    ByteBuffer data = in.slice(in.position(), size);
    in.position(in.position() + size);
    return Optional.of(new AmqpValue("", code, data));
  }

  /**
   * Returns the value as text: numbers as in JSON, times and durations as in ISO 8601, bytes in
   * Base64. Returns null for AMQP's null.
   */
  String text() {
    return switch (added) {
      case DURATION -> ticks(signed()).toString();
      case TIME -> Instant.EPOCH.plus(ticks(signed() - EPOCH_TICKS)).toString();
      default -> primitive();
    };
  }

  private static Duration ticks(long ticks) {
    return Duration.ofSeconds(
        Math.floorDiv(ticks, TICKS_PER_SECOND), Math.floorMod(ticks, TICKS_PER_SECOND) * 100);
  }

  private String primitive() {
    return switch (code) {
      case 0x40 -> null;
      case 0x41 -> "true";
      case 0x42 -> "false";
      case 0x56 -> String.valueOf(data.get(0) != 0);
      case 0x43, 0x44 -> "0";
      case 0x50, 0x52, 0x53 -> String.valueOf(Byte.toUnsignedInt(data.get(0)));
      case 0x60 -> String.valueOf(Short.toUnsignedInt(data.getShort(0)));
      case 0x70 -> Integer.toUnsignedString(data.getInt(0));
      case 0x80 -> Long.toUnsignedString(data.getLong(0));
      case 0x72 -> String.valueOf(data.getFloat(0));
      case 0x82 -> String.valueOf(data.getDouble(0));
      case 0x73 -> new String(bytes(), UTF_32);
      case 0x74, 0x84, 0x94 -> AmqpDecimal.text(bytes());
      case 0x83 -> Instant.ofEpochMilli(data.getLong(0)).toString();
      case 0x98 -> new UUID(data.getLong(0), data.getLong(8)).toString();
      case 0xa0, 0xb0 -> Base64.getEncoder().encodeToString(bytes());
      case 0xa1, 0xb1, 0xa3, 0xb3 -> utf8();
      default -> String.valueOf(signed());
    };
  }

  private long signed() {
    return switch (data.limit()) {
      case 1 -> data.get(0);
      case 2 -> data.getShort(0);
      case 4 -> data.getInt(0);
      default -> data.getLong(0);
    };
  }

  private String utf8() {
    return new String(bytes(), UTF_8);
  }

  private byte[] bytes() {
    byte[] copy = new byte[data.limit()];
    data.get(0, copy);
    return copy;
  }
}
