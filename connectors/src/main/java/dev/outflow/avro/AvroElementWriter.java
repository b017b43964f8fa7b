package dev.outflow.avro;

import org.apache.avro.Schema;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Writes arrays, and the values of maps, each element as the only field of a row.
 *
 * @param holder that row
 */
record AvroElementWriter(
    ArrayData.ElementGetter getter, AvroFieldWriter writer, GenericRowData holder) {

  static AvroElementWriter of(Schema schema, LogicalType element) {
    return new AvroElementWriter(
        ArrayData.createElementGetter(element),
        AvroFieldWriters.writer(schema, element),
        new GenericRowData(1));
  }

  void write(AvroOutput out, ArrayData array) {
    int size = array.size();
    if (size > 0) {
      out.writeInt(size);
      for (int at = 0; at < size; at++) {
        write(out, array, at);
      }
    }
    out.writeInt(0);
  }

  void write(AvroOutput out, ArrayData array, int at) {
    holder.setField(0, array.isNullAt(at) ? null : getter.getElementOrNull(array, at));
    writer.write(out, holder, 0);
  }
}
