package dev.outflow.format.reader;

/** Reads numbers, and the names that FLOAT and DOUBLE have for values that are none. */
record NumberReader(String type, Conversion conversion, NumberScanner scanner)
    implements ScalarReader {
  /** Converts a number that has been read. */
  @FunctionalInterface
  interface Conversion {
    Object convert(NumberScanner number) throws InvalidValueException;
  }

  NumberReader(String type, Conversion conversion) {
    this(type, conversion, new NumberScanner());
  }

  @Override
  public Object read(char[] text, int from, int to) throws InvalidValueException {
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
    boolean isFloat = type.equals("FLOAT");
    if (isFloat || type.equals("DOUBLE")) {
      switch (new String(text, from, to - from)) {
        case "NaN":
          return isFloat ? (Object) Float.NaN : (Object) Double.NaN;
        case "Infinity":
          return isFloat ? (Object) Float.POSITIVE_INFINITY : (Object) Double.POSITIVE_INFINITY;
        case "-Infinity":
          return isFloat ? (Object) Float.NEGATIVE_INFINITY : (Object) Double.NEGATIVE_INFINITY;
        default:
          break;
      }
    }
    throw TextReader.invalid(type);
  }
}
