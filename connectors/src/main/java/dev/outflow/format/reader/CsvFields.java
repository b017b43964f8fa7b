package dev.outflow.format.reader;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.outflow.format.Utf8Text;
import java.util.Arrays;

/**
 * The fields of one line, as parts of an array of bytes in UTF-8.
 *
 * <p>Reused for each line; not thread-safe.
 */
final class CsvFields {
  private static final int ASCII = 0x80;
  private static final int INITIAL_SIZE = 512;

  private final int delimiter;
  private final int quote;
  private final int escape;
  private final boolean hasComments;
  private final boolean canSplit;
  private byte[] joined = new byte[INITIAL_SIZE];
  private byte[] bytes = joined;
  private int[] from;
  private int[] to;
  private int count;

  /**
   * Creates an instance.
   *
   * @param expected the number of fields that most lines have
   */
  CsvFields(CsvSchema dialect, int expected) {
    delimiter = dialect.getColumnSeparator();
    quote = dialect.getQuoteChar();
    escape = dialect.getEscapeChar();
    hasComments = dialect.allowsComments();
    canSplit = delimiter < ASCII && quote < ASCII && escape < ASCII;
    from = new int[expected + 1];
    to = new int[expected + 1];
  }

  /**
   * Splits a message that is one plain line of ASCII: without escape characters or line breaks, and
   * with quotes only around a whole field, or inside of one without quotes.
   *
   * @return whether it is such a line; if not, Jackson's parser has to read the message
   */
  boolean split(byte[] message) {
    if (!canSplit || !Utf8Text.isAscii(message) || (hasComments && canBeComment(message))) {
      return false;
    }
    bytes = message;
    count = 0;
    int at = 0;
    while (true) {
      boolean quoted = at < message.length && message[at] == quote;
      int start = quoted ? at + 1 : at;
      int end = start;
      while (end < message.length && message[end] != (quoted ? quote : delimiter)) {
        if (message[end] == '\n' || message[end] == '\r' || message[end] == escape) {
          return false;
        }
        end++;
      }
      add(start, end);
      at = quoted ? end + 1 : end;
      if (at == message.length) {
        return count > 1 || !isBlank(0);
      }
      if (at > message.length || message[at] != delimiter) {
        return false;
      }
      at++;
    }
  }

  /** With comments allowed, Jackson's parser also skips spaces at the start of other lines. */
  private static boolean canBeComment(byte[] message) {
    return message.length > 0 && (message[0] == '#' || message[0] == ' ');
  }

  private boolean isBlank(int field) {
    for (int at = from[field]; at < to[field]; at++) {
      if (bytes[at] != ' ' && bytes[at] != '\t') {
        return false;
      }
    }
    return true;
  }

  void clear() {
    count = 0;
  }

  /** Adds a field of a line that a parser has split. */
  void add(String field) {
    byte[] text = field.getBytes(UTF_8);
    int start = count == 0 ? 0 : to[count - 1];
    int end = Math.addExact(start, text.length);
    if (end > joined.length) {
      joined = Arrays.copyOf(joined, Math.max(end, 2 * joined.length));
    }
    System.arraycopy(text, 0, joined, start, text.length);
    bytes = joined;
    add(start, end);
  }

  private void add(int start, int end) {
    if (count == from.length) {
      from = Arrays.copyOf(from, 2 * count);
      to = Arrays.copyOf(to, 2 * count);
    }
    from[count] = start;
    to[count] = end;
    count++;
  }

  /** Removes the last field if it is empty and behind the expected ones, as Flink's format does. */
  void removeAfter(int expected) {
    if (count > 1 && count == expected + 1 && from[count - 1] == to[count - 1]) {
      count--;
    }
  }

  int count() {
    return count;
  }

  byte[] bytes() {
    return bytes;
  }

  int from(int field) {
    return from[field];
  }

  int to(int field) {
    return to[field];
  }

  String text(int field) {
    return Utf8Text.decode(bytes, from[field], to[field]);
  }
}
