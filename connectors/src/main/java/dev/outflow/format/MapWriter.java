package dev.outflow.format;

import java.util.HashSet;
import java.util.Set;
import org.apache.flink.formats.json.JsonFormatOptions.MapNullKeyMode;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;

/** Writes maps, and multisets as elements with their counts, as JSON objects. */
record MapWriter(JsonOptions options, ElementWriter values) implements FieldWriter {
  @Override
  public void write(TextOutput out, Object value) {
    MapData map = (MapData) value;
    ArrayData keys = map.keyArray();
    ArrayData elements = map.valueArray();
    int size = map.size();
    Set<String> names = size > 1 ? new HashSet<>(2 * size) : Set.of();
    char before = '{';
    for (int at = 0; at < size; at++) {
      boolean isNull = keys.isNullAt(at);
      if (isNull && options.nullKeys() == MapNullKeyMode.DROP) {
        continue;
      }
      String name = isNull ? nullKey() : keys.getString(at).toString();
      if (size > 1 && !names.add(name)) {
        // In Flink the later value replaces the earlier one, or is merged with it if both are rows.
        throw new UnsupportedValueException();
      }
      out.writeByte(before);
      before = ',';
      JsonStringWriter.writeName(out, name);
      values.write(out, elements, at);
    }
    if (before == '{') {
      out.writeByte(before);
    }
    out.writeByte('}');
  }

  private String nullKey() {
    if (options.nullKeys() == MapNullKeyMode.LITERAL) {
      return options.nullKeyLiteral();
    }
    throw new UnsupportedValueException(); // Flink rejects it.
  }
}
