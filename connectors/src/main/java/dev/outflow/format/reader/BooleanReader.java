package dev.outflow.format.reader;

import dev.outflow.format.Utf8Text;

/** Reads {@code true} and {@code false}, in any case, and the numbers 1 and 0. */
record BooleanReader(NumberScanner scanner) implements ScalarReader {
  private static final String NAME = "BOOLEAN";

  BooleanReader() {
    this(new NumberScanner());
  }

  @Override
  public Object read(byte[] text, int from, int to) throws InvalidValueException {
    if (scanner.scan(text, from, to)) {
      long bit = scanner.whole(NAME, Long.MIN_VALUE, Long.MAX_VALUE);
      if (bit == 0 || bit == 1) {
        return bit == 1;
      }
      throw InvalidValueException.conversion("a number other than 1 and 0 is not a valid " + NAME);
    }
    String word = Utf8Text.decode(text, from, to);
    if (word.equalsIgnoreCase("true")) {
      return true;
    }
    if (word.equalsIgnoreCase("false")) {
      return false;
    }
    throw TextReader.invalid(NAME);
  }
}
