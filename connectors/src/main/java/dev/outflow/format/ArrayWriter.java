package dev.outflow.format;

import org.apache.flink.table.data.ArrayData;

/** Writes arrays as JSON arrays. */
record ArrayWriter(ElementWriter elements) implements FieldWriter {
  @Override
  public void write(TextOutput out, Object value) {
    ArrayData array = (ArrayData) value;
    int size = array.size();
    out.writeByte('[');
    for (int at = 0; at < size; at++) {
      if (at > 0) {
        out.writeByte(',');
      }
      elements.write(out, array, at);
    }
    out.writeByte(']');
  }
}
