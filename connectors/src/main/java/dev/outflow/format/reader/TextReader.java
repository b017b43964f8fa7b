package dev.outflow.format.reader;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.CharType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * Reads text and checks its length.
 *
 * @param limit the most characters, as code points, that the type allows
 */
record TextReader(String type, int limit) {
  static TextReader of(LogicalType type) {
    return new TextReader(
        ScalarReaders.name(type),
        type instanceof CharType fixed ? fixed.getLength() : ((VarCharType) type).getLength());
  }

  StringData read(char[] text, int from, int to) throws InvalidValueException {
    int length = to - from;
    byte[] ascii = new byte[length];
    for (int at = 0; at < length; at++) {
      char character = text[from + at];
      if (character >= 0x80) {
        return read(new String(text, from, length));
      }
      ascii[at] = (byte) character;
    }
    if (length > limit) {
      throw tooLong();
    }
    return StringData.fromBytes(ascii);
  }

  StringData read(String text) throws InvalidValueException {
    checkLength(text);
    return StringData.fromString(text);
  }

  /** Reads text that has no half of a surrogate pair, and can be encoded at once. */
  StringData readValid(String text) throws InvalidValueException {
    checkLength(text);
    return StringData.fromBytes(text.getBytes(UTF_8));
  }

  private void checkLength(String text) throws InvalidValueException {
    if (text.length() > limit && text.codePointCount(0, text.length()) > limit) {
      throw tooLong();
    }
  }

  private InvalidValueException tooLong() {
    return InvalidValueException.tooLong(limit, type);
  }

  static InvalidValueException invalid(String type) {
    return InvalidValueException.conversion("the text is not a valid " + type);
  }

  static InvalidValueException invalid(String type, String example) {
    return InvalidValueException.conversion(
        "the text is not a valid %s; expected ISO 8601, e.g. %s".formatted(type, example));
  }
}
