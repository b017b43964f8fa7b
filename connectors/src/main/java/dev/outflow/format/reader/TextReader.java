package dev.outflow.format.reader;

import dev.outflow.format.Utf8Text;
import java.util.Arrays;
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

  /** Reads valid UTF-8. */
  StringData read(byte[] text, int from, int to) throws InvalidValueException {
    if (to - from > limit && Utf8Text.characters(text, from, to) > limit) {
      throw tooLong();
    }
    return StringData.fromBytes(Arrays.copyOfRange(text, from, to));
  }

  /** Reads text that can have half of a surrogate pair. */
  StringData read(String text) throws InvalidValueException {
    if (text.length() > limit && text.codePointCount(0, text.length()) > limit) {
      throw tooLong();
    }
    return StringData.fromString(text);
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
