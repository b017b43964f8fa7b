package dev.outflow.format;

/** Writes values of one type, none of them null, as Flink's format writes them. */
@FunctionalInterface
interface FieldWriter {
  /**
   * Writes one value.
   *
   * @throws UnsupportedValueException if only Flink's format can write it
   */
  void write(TextOutput out, Object value);
}
