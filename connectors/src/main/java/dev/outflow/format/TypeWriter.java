package dev.outflow.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes the values of one type, as Flink's {@code json} writes them. None of them is null. */
@FunctionalInterface
interface ValueWriter {
  /**
   * Writes one value.
   *
   * @throws RareValueException if only Flink knows how
   */
  void write(JsonGenerator out, Object value) throws IOException;
}
