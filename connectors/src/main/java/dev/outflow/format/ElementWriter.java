package dev.outflow.format;

import org.apache.flink.table.data.ArrayData;

/** Writes the elements of an array, or the values of a map, which can be null. */
record ElementWriter(ArrayData.ElementGetter getter, FieldWriter writer) {
  void write(TextOutput out, ArrayData array, int at) {
    Object value = getter.getElementOrNull(array, at);
    if (value == null) {
      out.writeAscii("null");
    } else {
      writer.write(out, value);
    }
  }
}
