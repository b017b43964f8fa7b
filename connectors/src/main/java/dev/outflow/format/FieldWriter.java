package dev.outflow.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes values of one type, none of them null, as Flink's format writes them. */
@FunctionalInterface
interface FieldWriter {
  /**
   * Writes one value.
   *
   * @throws UnsupportedValueException if only Flink's format can write it
   */
  void write(JsonGenerator out, Object value) throws IOException;
}
