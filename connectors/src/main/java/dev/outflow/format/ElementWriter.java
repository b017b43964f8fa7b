package dev.outflow.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.types.logical.LogicalType;

/** An element of an array, or of the values of a map, can be null. */
record ElementWriter(ArrayData.ElementGetter getter, FieldWriter writer) {
  ElementWriter(LogicalType type, JsonFieldWriters types) {
    this(ArrayData.createElementGetter(type), types.writer(type));
  }

  void write(JsonGenerator out, ArrayData array, int at) throws IOException {
    Object value = getter.getElementOrNull(array, at);
    if (value == null) {
      out.writeNull();
    } else {
      writer.write(out, value);
    }
  }
}
