package dev.outflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;

/** Examines text in UTF-8. */
public final class Utf8Text {
  private static final char REPLACEMENT = '\ufffd';
  private static final int CONTINUATION_MASK = 0xc0;
  private static final int CONTINUATION = 0x80;

  private Utf8Text() {}

  /** Returns whether no byte is above 127. */
  public static boolean isAscii(byte[] text) {
    return isAscii(text, 0, text.length);
  }

  /** Returns whether no byte of a part is above 127. */
  public static boolean isAscii(byte[] text, int from, int to) {
    int last = to - Long.BYTES;
    long bits = 0;
    if (last >= from) {
      bits = EightBytes.of(text, last);
      for (int at = from; at < last; at += Long.BYTES) {
        bits |= EightBytes.of(text, at);
      }
    } else {
      for (int at = from; at < to; at++) {
        bits |= text[at];
      }
    }
    return (bits & EightBytes.SIGNS) == 0;
  }

  /** Returns whether bytes are UTF-8. */
  public static boolean isValid(byte[] text) {
    return validLength(text) == text.length;
  }

  /** Returns how many bytes at the start are UTF-8: all, or those before the first invalid one. */
  public static int validLength(byte[] text) {
    if (isAscii(text) || new String(text, UTF_8).indexOf(REPLACEMENT) < 0) {
      return text.length;
    }
    // Distinguishes a replacement character in the text from one that the JDK inserts.
    ByteBuffer bytes = ByteBuffer.wrap(text);
    UTF_8.newDecoder().decode(bytes, CharBuffer.allocate(text.length), true);
    return bytes.position();
  }

  /** Returns the number of code points of valid text. */
  public static int characters(byte[] text) {
    return characters(text, 0, text.length);
  }

  /** Returns the number of code points of a part of valid text. */
  public static int characters(byte[] text, int from, int to) {
    int count = 0;
    for (int at = from; at < to; at++) {
      count += (text[at] & CONTINUATION_MASK) == CONTINUATION ? 0 : 1;
    }
    return count;
  }

  /** Returns a part of valid text. */
  public static String decode(byte[] text, int from, int to) {
    return new String(text, from, to - from, UTF_8);
  }
}
