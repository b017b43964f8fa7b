package dev.outflow.format.reader;

import com.fasterxml.jackson.core.Base64Variants;

/**
 * Reads bytes as Base64.
 *
 * @param limit the most bytes that the type allows
 */
record Base64Reader(String type, int limit) implements ScalarReader {
  @Override
  public Object read(char[] text, int from, int to) throws InvalidValueException {
    byte[] bytes;
    try {
      bytes = Base64Variants.MIME_NO_LINEFEEDS.decode(new String(text, from, to - from));
    } catch (IllegalArgumentException e) {
      throw InvalidValueException.conversion("the text is not Base64, as " + type + " requires");
    }
    if (bytes.length > limit) {
      throw InvalidValueException.tooManyBytes(limit, type);
    }
    return bytes;
  }
}
