package dev.outflow.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes the values of one type, as Flink's format writes them. None of them is null. */
@FunctionalInterface
interface FieldWriter {
  /**
   * Writes one value.
   *
   * @throws UnsupportedValueException if only Flink knows how
   */
  void write(JsonGenerator out, Object value) throws IOException;
}
