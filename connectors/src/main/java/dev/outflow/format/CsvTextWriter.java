package dev.outflow.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import org.apache.flink.table.data.StringData;

/**
 * Writes text of CSV, in quotes where Jackson's generator, which Flink uses, writes them: around
 * text that is long or has a character that comes before delimiter or quote, or that escapes.
 */
final class CsvTextWriter implements FieldWriter, AsciiWriter {
  private static final int NONE = -1;
  private static final int MAX_UNQUOTED = 24;

  private final int firstSafe;
  private final int quote;
  private final int escape;
  private final int unsafe;
  private final byte[] quoteBytes;

  CsvTextWriter(CsvSchema dialect) {
    quote = dialect.usesQuoteChar() ? dialect.getQuoteChar() : NONE;
    escape = dialect.usesEscapeChar() ? dialect.getEscapeChar() : NONE;
    firstSafe = Math.max(dialect.getColumnSeparator(), quote) + 1;
    unsafe = escape == NONE ? '\\' : escape;
    quoteBytes = quote == NONE ? null : Character.toString(quote).getBytes(UTF_8);
  }

  @Override
  public void write(TextOutput out, Object value) {
    byte[] utf8 = ((StringData) value).toBytes();
    if (quote != NONE && utf8.length > MAX_UNQUOTED && isPlain(utf8)) {
      out.writeRaw(quoteBytes);
      out.writeRaw(utf8);
      out.writeRaw(quoteBytes);
    } else if (isAscii(utf8)) {
      write(out, utf8, utf8.length);
    } else {
      text(out, value.toString());
    }
  }

  @Override
  public void write(TextOutput out, byte[] ascii, int length) {
    boolean quoted = length > MAX_UNQUOTED;
    for (int at = 0; at < length; at++) {
      byte character = ascii[at];
      if (character == quote || character == escape) {
        text(out, new String(ascii, 0, length, ISO_8859_1));
        return;
      }
      quoted |= isUnsafe(character);
    }
    quoted &= quote != NONE;
    if (quoted) {
      out.writeRaw(quoteBytes);
    }
    out.writeRaw(ascii, 0, length);
    if (quoted) {
      out.writeRaw(quoteBytes);
    }
  }

  private void text(TextOutput out, String text) {
    boolean quoted =
        quote != NONE && (text.length() > MAX_UNQUOTED || text.chars().anyMatch(this::isUnsafe));
    String written = quoted ? quoted(text) : text;
    if (!UTF_8.newEncoder().canEncode(written)) {
      throw new UnsupportedValueException(); // Half of a surrogate pair: Flink rejects it.
    }
    out.writeRaw(written.getBytes(UTF_8));
  }

  private boolean isUnsafe(int character) {
    return character < firstSafe || character == unsafe;
  }

  /** Doubles quotes and escape characters. */
  private String quoted(String text) {
    String escaped = escape == NONE || escape == quote ? text : doubled(text, escape);
    String mark = Character.toString(quote);
    return mark + doubled(escaped, quote) + mark;
  }

  private static String doubled(String text, int character) {
    String once = Character.toString(character);
    return text.replace(once, once + once);
  }

  /**
   * Returns whether text longer than {@link #MAX_UNQUOTED} is ASCII without quotes, escape
   * characters and question marks.
   */
  private boolean isPlain(byte[] utf8) {
    int last = utf8.length - Long.BYTES;
    long special = special(EightBytes.of(utf8, last));
    for (int at = 0; at < last; at += Long.BYTES) {
      special |= special(EightBytes.of(utf8, at));
    }
    return (special & EightBytes.SIGNS) == 0;
  }

  private long special(long eight) {
    return eight
        | EightBytes.asciiEqualTo(quote, eight)
        | EightBytes.asciiEqualTo(unsafe, eight)
        | EightBytes.asciiEqualTo('?', eight);
  }

  /** A question mark may stand for half of a surrogate pair, which makes the text invalid. */
  private static boolean isAscii(byte[] utf8) {
    for (byte next : utf8) {
      if (next < 0 || next == '?') {
        return false;
      }
    }
    return true;
  }
}
