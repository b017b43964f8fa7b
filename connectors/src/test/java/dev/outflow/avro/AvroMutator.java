package dev.outflow.avro;

import java.util.Arrays;
import java.util.Random;

/** Changes binary messages: another byte, one more or one less, or a part only. */
record AvroMutator(Random random) {
  byte[] changed(byte[] message) {
    int at = random.nextInt(message.length + 1);
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(message, at);
      case 1 -> spliced(message, at, new byte[] {next()}, at);
      case 2 -> spliced(message, at, new byte[0], Math.min(message.length, at + 1));
      default -> spliced(message, at, new byte[] {next()}, Math.min(message.length, at + 1));
    };
  }

  /** Prefers small numbers, which are lengths, counts and types of unions. */
  private byte next() {
    return (byte) (random.nextBoolean() ? random.nextInt(8) : random.nextInt());
  }

  private static byte[] spliced(byte[] message, int to, byte[] inserted, int from) {
    byte[] result = Arrays.copyOf(message, to + inserted.length + message.length - from);
    System.arraycopy(inserted, 0, result, to, inserted.length);
    System.arraycopy(message, from, result, to + inserted.length, message.length - from);
    return result;
  }
}
