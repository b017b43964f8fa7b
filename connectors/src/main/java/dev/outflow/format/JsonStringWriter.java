package dev.outflow.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.stream.IntStream;
import org.apache.flink.table.data.StringData;

/** Writes strings as JSON, without decoding their UTF-8 where that makes no difference. */
final class JsonStringWriter implements FieldWriter {
  /** How each ASCII character is written; null if unchanged. */
  private static final byte[][] ESCAPES =
      IntStream.range(0, 0x80).mapToObj(JsonStringWriter::escape).toArray(byte[][]::new);

  private static byte[] escape(int character) {
    String escape =
        switch (character) {
          case '"' -> "\\\"";
          case '\\' -> "\\\\";
          case '\b' -> "\\b";
          case '\t' -> "\\t";
          case '\n' -> "\\n";
          case '\f' -> "\\f";
          case '\r' -> "\\r";
          default -> character < ' ' ? unicode(character) : "";
        };
    return escape.isEmpty() ? null : escape.getBytes(ISO_8859_1);
  }

  private static String unicode(int character) {
    return "\\u%04X".formatted(character);
  }

  @Override
  public void write(TextOutput out, Object value) {
    byte[] utf8 = ((StringData) value).toBytes();
    if (isPlain(utf8)) {
      out.writeByte('"');
      out.writeRaw(utf8);
      out.writeByte('"');
    } else if (isUnchanged(utf8)) {
      write(out, utf8);
    } else {
      write(out, value.toString());
    }
  }

  /** Returns a name and a colon, to be written unchanged. */
  static byte[] name(String name) {
    TextOutput out = new TextOutput();
    writeName(out, name);
    return out.toByteArray();
  }

  static void writeName(TextOutput out, String name) {
    write(out, name);
    out.writeByte(':');
  }

  private static void write(TextOutput out, byte[] utf8) {
    out.writeByte('"');
    int from = 0;
    for (int at = 0; at < utf8.length; at++) {
      byte[] escape = utf8[at] < 0 ? null : ESCAPES[utf8[at]];
      if (escape != null) {
        out.writeRaw(utf8, from, at - from);
        out.writeRaw(escape);
        from = at + 1;
      }
    }
    out.writeRaw(utf8, from, utf8.length - from);
    out.writeByte('"');
  }

  private static void write(TextOutput out, String text) {
    out.writeByte('"');
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      byte[] escape = character < ESCAPES.length ? ESCAPES[character] : null;
      if (escape != null) {
        out.writeRaw(escape);
      } else if (Character.isSurrogate(character)) {
        out.writeAscii(unicode(character));
      } else {
        out.writeCharacter(character);
      }
    }
    out.writeByte('"');
  }

  /**
   * Returns whether this is ASCII without quotes, backslashes, control characters and question
   * marks.
   */
  private static boolean isPlain(byte[] utf8) {
    int last = utf8.length - Long.BYTES;
    if (last < 0) {
      return isPlainShort(utf8);
    }
    long special = special(EightBytes.of(utf8, last));
    for (int at = 0; at < last; at += Long.BYTES) {
      special |= special(EightBytes.of(utf8, at));
    }
    return (special & EightBytes.SIGNS) == 0;
  }

  private static long special(long eight) {
    return eight
        | EightBytes.asciiLessThan(' ', eight)
        | EightBytes.asciiEqualTo('"', eight)
        | EightBytes.asciiEqualTo('\\', eight)
        | EightBytes.asciiEqualTo('?', eight);
  }

  private static boolean isPlainShort(byte[] utf8) {
    for (byte next : utf8) {
      if (next < 0 || next == '?' || ESCAPES[next] != null) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns whether decoding and encoding would yield the same bytes, except for escaped ASCII:
   * true for valid UTF-8 with up to three bytes per character. Longer ones are surrogates in Java,
   * which are escaped; a question mark may stand for an unpaired surrogate.
   */
  private static boolean isUnchanged(byte[] utf8) {
    int at = 0;
    while (at < utf8.length) {
      int size = size(utf8[at]);
      if (size == 0 || at + size > utf8.length) {
        return false;
      }
      if (size > 1 && !isShortest(utf8[at], utf8[at + 1])) {
        return false;
      }
      for (int more = 1; more < size; more++) {
        if ((utf8[at + more] & 0xc0) != 0x80) {
          return false;
        }
      }
      at += size;
    }
    return true;
  }

  /** Returns the bytes of the character that starts with {@code first}; 0 if it is decoded. */
  private static int size(byte first) {
    if (first >= 0) {
      return first == '?' ? 0 : 1;
    }
    int bits = first & 0xff;
    if (bits < 0xc2 || bits >= 0xf0) {
      return 0;
    }
    return bits < 0xe0 ? 2 : 3;
  }

  /** Rejects overlong encodings and surrogates. */
  private static boolean isShortest(byte first, byte second) {
    int bits = second & 0xff;
    return switch (first & 0xff) {
      case 0xe0 -> bits >= 0xa0;
      case 0xed -> bits < 0xa0;
      default -> true;
    };
  }
}
