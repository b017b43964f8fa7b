package dev.outflow.avro;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.StringData;

/** Writes maps, and multisets as maps of elements to their counts. */
record AvroMapWriter(AvroElementWriter values) {
  /**
   * Writes the last value of each key.
   *
   * @throws IllegalArgumentException if a key is null, which Avro cannot express
   */
  void write(AvroOutput out, MapData map) {
    ArrayData keys = map.keyArray();
    ArrayData elements = map.valueArray();
    Map<StringData, Integer> last = new LinkedHashMap<>();
    int size = map.size();
    for (int at = 0; at < size; at++) {
      if (keys.isNullAt(at)) {
        throw new IllegalArgumentException("a map has a null key");
      }
      last.put(StringData.fromBytes(AvroFieldWriters.utf8(keys.getString(at))), at);
    }
    if (size > 0) {
      out.writeInt(last.size());
      last.forEach(
          (key, at) -> {
            out.writeBytes(key.toBytes());
            values.write(out, elements, at);
          });
    }
    out.writeInt(0);
  }
}
