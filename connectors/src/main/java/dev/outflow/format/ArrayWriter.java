package dev.outflow.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.apache.flink.table.data.ArrayData;

/** Writes arrays as JSON arrays. */
record ArrayWriter(ElementWriter elements) implements FieldWriter {
  @Override
  public void write(JsonGenerator out, Object value) throws IOException {
    ArrayData array = (ArrayData) value;
    int size = array.size();
    out.writeStartArray();
    for (int at = 0; at < size; at++) {
      elements.write(out, array, at);
    }
    out.writeEndArray();
  }
}
