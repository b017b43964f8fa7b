package dev.outflow.format.reader;

import dev.outflow.format.Utf8Text;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads the JSON of one message after another, byte by byte, without copying. Each read starts at
 * the beginning of a value and ends after it.
 *
 * <p>All methods accept what RFC 8259 does and, as Flink's format, control characters in text.
 * Values are nested at most 1000 deep. Not thread-safe.
 */
final class JsonInput {
  private static final int MAX_DEPTH = 1000;
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private byte[] bytes;
  private int at;
  private int end;
  private int depth;
  private int from;
  private int to;
  private boolean escaped;

  /** Starts to read a message in UTF-8, UTF-16 or UTF-32, with or without a byte order mark. */
  void open(byte[] message) throws IOException {
    bytes = JsonEncoding.utf8(message);
    at = JsonEncoding.markLength(bytes);
    end = Utf8Text.validLength(bytes);
    depth = 0;
  }

  /** Returns the position, in bytes of the message as UTF-8. */
  int position() {
    return at;
  }

  /** Goes back to the start of a value that is not inside of any other, or of a root array. */
  void returnTo(int position, int depthThere) {
    at = position;
    depth = depthThere;
  }

  int depth() {
    return depth;
  }

  /** Returns the bytes of the message; the last value is from {@link #from} to {@link #to}. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns where the last text, without its quotes, or other scalar value starts. */
  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Returns whether the last text has escape sequences. */
  boolean isEscaped() {
    return escaped;
  }

  /** Returns the last text. */
  String text() {
    return escaped ? JsonEscapes.unescape(bytes, from, to) : Utf8Text.decode(bytes, from, to);
  }

  /** Skips white space; returns whether something follows. */
  boolean hasNext() throws IOException {
    skipSpaces();
    if (at == end && end < bytes.length) {
      throw unexpected("");
    }
    return at < end;
  }

  /** Skips white space and returns the type of the value that follows. */
  JsonType next() throws IOException {
    skipSpaces();
    return switch (at < end ? bytes[at] : 0) {
      case '{' -> JsonType.OBJECT;
      case '[' -> JsonType.ARRAY;
      case '"' -> JsonType.TEXT;
      case 't', 'f' -> JsonType.BOOLEAN;
      case 'n' -> JsonType.NULL;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> JsonType.NUMBER;
      default -> throw unexpected("a value");
    };
  }

  /** Enters an object or array; returns whether it has an element. */
  boolean enter(char close) throws IOException {
    if (++depth > MAX_DEPTH) {
      throw new IOException("values are nested more than %d deep".formatted(MAX_DEPTH));
    }
    at++;
    skipSpaces();
    return !leave(close);
  }

  /** Moves on to the next element of an object or array; returns whether there is one. */
  boolean more(char close) throws IOException {
    skipSpaces();
    if (at < end && bytes[at] == ',') {
      at++;
      return true;
    }
    if (leave(close)) {
      return false;
    }
    throw unexpected("a comma or '%c'".formatted(close));
  }

  private boolean leave(char close) {
    if (at == end || bytes[at] != close) {
      return false;
    }
    at++;
    depth--;
    return true;
  }

  /** Skips white space and, if it follows, this name in quotes, and the colon. */
  boolean nameIs(byte[] quoted) throws IOException {
    skipSpaces();
    if (!Arrays.equals(bytes, at, Math.min(end, at + quoted.length), quoted, 0, quoted.length)) {
      return false;
    }
    at += quoted.length;
    colon();
    return true;
  }

  /** Reads a name and the colon. */
  String name() throws IOException {
    skipSpaces();
    readText();
    String name = text();
    colon();
    return name;
  }

  private void colon() throws IOException {
    skipSpaces();
    if (at == end || bytes[at] != ':') {
      throw unexpected("a colon");
    }
    at++;
  }

  /** Reads a value; of a text, number or literal, the characters are then known. */
  void read(JsonType type) throws IOException {
    switch (type) {
      case OBJECT -> {
        for (boolean more = enter('}'); more; more = more('}')) {
          skipSpaces();
          readText();
          colon();
          read(next());
        }
      }
      case ARRAY -> {
        for (boolean more = enter(']'); more; more = more(']')) {
          read(next());
        }
      }
      case TEXT -> readText();
      case NUMBER -> number();
      case BOOLEAN -> literal(bytes[at] == 't' ? TRUE : FALSE);
      case NULL -> literal(NULL);
    }
  }

  private void readText() throws IOException {
    if (at == end || bytes[at] != '"') {
      throw unexpected("a text in quotes");
    }
    at++;
    from = at;
    escaped = false;
    while (true) {
      at = JsonEscapes.findQuoteOrEscape(bytes, at, end);
      if (at == end) {
        throw unexpected("the end of a text");
      }
      if (bytes[at] == '"') {
        to = at++;
        return;
      }
      escaped = true;
      at = JsonEscapes.skip(bytes, at, end);
    }
  }

  private void number() throws IOException {
    from = at;
    if (bytes[at] == '-') {
      at++;
    }
    if (at < end && bytes[at] == '0') {
      at++;
    } else {
      digits();
    }
    if (at < end && bytes[at] == '.') {
      at++;
      digits();
    }
    if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
      at++;
      if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
        at++;
      }
      digits();
    }
    endOfWord();
  }

  private void digits() throws IOException {
    int first = at;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at == first) {
      throw unexpected("a digit");
    }
  }

  private void literal(byte[] word) throws IOException {
    from = at;
    for (byte letter : word) {
      if (at == end || bytes[at] != letter) {
        throw unexpected("true, false or null");
      }
      at++;
    }
    endOfWord();
  }

  private void endOfWord() throws IOException {
    to = at;
    if (at == end || bytes[at] == ',' || bytes[at] == '}' || bytes[at] == ']') {
      return;
    }
    if (!isSpace(bytes[at])) {
      throw unexpected("the end of a value");
    }
  }

  private void skipSpaces() {
    while (at < end && bytes[at] <= ' ' && isSpace(bytes[at])) {
      at++;
    }
  }

  private static boolean isSpace(byte character) {
    return character == ' ' || character == '\n' || character == '\r' || character == '\t';
  }

  private IOException unexpected(String expected) {
    if (at == end && end < bytes.length) {
      return new IOException("invalid UTF-8 at byte %d".formatted(at));
    }
    String found =
        at == end
            ? "the end of the message"
            : "'%c'".formatted(Utf8Text.decode(bytes, at, end).codePointAt(0));
    return new IOException("expected %s at byte %d but found %s".formatted(expected, at, found));
  }
}
