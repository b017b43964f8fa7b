package dev.outflow.format.reader;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outflow.format.Utf8Text;

/** Reads the characters of a number or text as a value of one type, in Flink's internal form. */
@FunctionalInterface
interface ScalarReader {
  /**
   * Reads the UTF-8 from {@code from} to before {@code to}: at least one byte, with no spaces
   * around them.
   *
   * @throws InvalidValueException if they are not a value of the type
   */
  Object read(byte[] text, int from, int to) throws InvalidValueException;

  /** Returns whether a text without characters is a value. */
  default boolean acceptsEmpty() {
    return false;
  }

  /**
   * Reads the same without the white space around it.
   *
   * @return null if nothing else is there, and that is not a value
   */
  default Object readStripped(byte[] text, int from, int to) throws InvalidValueException {
    if (!Utf8Text.isAscii(text, from, to)) {
      byte[] stripped = Utf8Text.decode(text, from, to).strip().getBytes(UTF_8);
      return stripped.length > 0 || acceptsEmpty() ? read(stripped, 0, stripped.length) : null;
    }
    int first = from;
    int end = to;
    while (end > first && Character.isWhitespace(text[end - 1])) {
      end--;
    }
    while (first < end && Character.isWhitespace(text[first])) {
      first++;
    }
    return end > first || acceptsEmpty() ? read(text, first, end) : null;
  }
}
