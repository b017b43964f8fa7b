package dev.outflow.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;

/** Examines text in UTF-8. */
final class Utf8Text {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long SIGN = 0x80;
  private static final long SIGNS = 0x8080808080808080L;
  private static final char REPLACEMENT = '\ufffd';
  private static final int CONTINUATION_MASK = 0xc0;
  private static final int CONTINUATION = 0x80;

  private Utf8Text() {}

  static boolean isAscii(byte[] text) {
    int at = 0;
    long bits = 0;
    for (; at <= text.length - Long.BYTES; at += Long.BYTES) {
      bits |= (long) LONGS.get(text, at);
    }
    for (; at < text.length; at++) {
      bits |= text[at] & SIGN;
    }
    return (bits & SIGNS) == 0;
  }

  static boolean isValid(byte[] text) {
    return new String(text, UTF_8).indexOf(REPLACEMENT) < 0 || isStrictlyValid(text);
  }

  /** Distinguishes a replacement character in the text from one that the JDK inserts. */
  private static boolean isStrictlyValid(byte[] text) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Returns the number of code points of valid text. */
  static int characters(byte[] text) {
    int count = 0;
    for (byte next : text) {
      count += (next & CONTINUATION_MASK) == CONTINUATION ? 0 : 1;
    }
    return count;
  }
}
