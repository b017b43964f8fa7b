package dev.outflow.avro;

import dev.outflow.format.reader.InvalidValueException;
import java.io.IOException;

/** Reads values of one Avro schema as values of one column type, in Flink's internal form. */
@FunctionalInterface
interface AvroValueReader {
  /**
   * Reads the next value.
   *
   * @return null only for a type that can be null
   * @throws InvalidValueException if it does not fit the type; the input is then anywhere in it
   * @throws IOException if the bytes are not Avro
   */
  Object read(AvroInput in) throws IOException, InvalidValueException;
}
