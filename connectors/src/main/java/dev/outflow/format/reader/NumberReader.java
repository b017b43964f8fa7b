package dev.outflow.format.reader;

import dev.outflow.format.Utf8Text;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads numbers, and the names that FLOAT and DOUBLE have for values that are none. */
record NumberReader(String type, Conversion conversion, NumberScanner scanner)
    implements ScalarReader {
  /** How outputs write them. */
  private static final Map<String, Double> NAMES =
      Stream.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
          .collect(Collectors.toUnmodifiableMap(String::valueOf, value -> value));

  /** Converts a number that has been read. */
  @FunctionalInterface
  interface Conversion {
    Object convert(NumberScanner number) throws InvalidValueException;
  }

  NumberReader(String type, Conversion conversion) {
    this(type, conversion, new NumberScanner());
  }

  @Override
  public Object read(byte[] text, int from, int to) throws InvalidValueException {
    if (scanner.scan(text, from, to)) {
      Object number = conversion.convert(scanner);
      boolean overflows =
          (number instanceof Double wide && wide.isInfinite())
              || (number instanceof Float narrow && narrow.isInfinite());
      if (overflows) {
        throw NumberScanner.outOfRange(type);
      }
      return number;
    }
    Double named = NAMES.get(Utf8Text.decode(text, from, to));
    if (named != null && type.equals("DOUBLE")) {
      return named;
    }
    if (named != null && type.equals("FLOAT")) {
      return named.floatValue();
    }
    throw TextReader.invalid(type);
  }
}
