package dev.outflow.format.reader;

import dev.outflow.format.EightBytes;
import dev.outflow.format.Utf8Text;
import java.io.IOException;

/** The escape sequences of JSON texts, such as {@code \n} and {@code \u00e9}. */
final class JsonEscapes {
  private static final int HEX_DIGITS = 4;
  private static final int HEX_RADIX = 16;

  private JsonEscapes() {}

  /** Returns the position of the next quote or backslash; {@code to} if there is none. */
  static int findQuoteOrEscape(byte[] text, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long eight = EightBytes.of(text, at);
      long found = EightBytes.equalTo('"', eight) | EightBytes.equalTo('\\', eight);
      if (found != 0) {
        return at + EightBytes.first(found);
      }
    }
    while (at < to && text[at] != '"' && text[at] != '\\') {
      at++;
    }
    return at;
  }

  /**
   * Returns the position behind an escape sequence.
   *
   * @throws IOException if it is invalid
   */
  static int skip(byte[] text, int backslash, int to) throws IOException {
    int letter = backslash + 1;
    if (letter < to && text[letter] == 'u') {
      int end = letter + 1 + HEX_DIGITS;
      boolean valid = end <= to;
      for (int at = letter + 1; valid && at < end; at++) {
        valid = text[at] >= 0 && Character.digit(text[at], HEX_RADIX) >= 0;
      }
      if (valid) {
        return end;
      }
    } else if (letter < to && "\"\\/bfnrt".indexOf(text[letter]) >= 0) {
      return letter + 1;
    }
    throw new IOException("invalid escape sequence at byte %d".formatted(backslash));
  }

  /** Returns a text whose escape sequences are valid; it can have half of a surrogate pair. */
  static String unescape(byte[] bytes, int from, int to) {
    String text = Utf8Text.decode(bytes, from, to);
    StringBuilder plain = new StringBuilder(text.length());
    int start = 0;
    for (int at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', start)) {
      plain.append(text, start, at);
      char letter = text.charAt(at + 1);
      start = at + 2;
      if (letter == 'u') {
        plain.append((char) Integer.parseInt(text, start, start + HEX_DIGITS, HEX_RADIX));
        start += HEX_DIGITS;
      } else {
        plain.append(character(letter));
      }
    }
    return plain.append(text, start, text.length()).toString();
  }

  private static char character(char letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }
}
