package dev.outflow.format.reader;

/**
 * Reads the characters of a number or text, in UTF-8, as a value of one type, in Flink's internal
 * form.
 */
@FunctionalInterface
interface ScalarReader {
  /**
   * Reads the bytes from {@code from} to before {@code to}: at least one, with no spaces around
   * them.
   *
   * @throws InvalidValueException if they are not a value of the type
   */
  Object read(byte[] text, int from, int to) throws InvalidValueException;
}
