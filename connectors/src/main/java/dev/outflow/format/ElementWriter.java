package dev.outflow.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.apache.flink.table.data.ArrayData;

/** Writes the elements of an array, or the values of a map, which can be null. */
record ElementWriter(ArrayData.ElementGetter getter, FieldWriter writer) {
  void write(JsonGenerator out, ArrayData array, int at) throws IOException {
    Object value = getter.getElementOrNull(array, at);
    if (value == null) {
      out.writeNull();
    } else {
      writer.write(out, value);
    }
  }
}
