package dev.outflow.format.reader;

/** Reads the characters of a number or text as a value of one type, in Flink's internal form. */
@FunctionalInterface
interface ScalarReader {
  /**
   * Reads the characters from {@code from} to before {@code to}: at least one, with no spaces
   * around them.
   *
   * @throws InvalidValueException if they are not a value of the type
   */
  Object read(char[] text, int from, int to) throws InvalidValueException;
}
