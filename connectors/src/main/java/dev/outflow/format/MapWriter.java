package dev.outflow.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.formats.json.JsonFormatOptions.MapNullKeyMode;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;

/** Writes maps, and multisets as elements with their counts, as JSON objects. */
record MapWriter(JsonOptions options, ElementWriter values) implements FieldWriter {
  @Override
  public void write(JsonGenerator out, Object value) throws IOException {
    MapData map = (MapData) value;
    ArrayData keys = map.keyArray();
    ArrayData elements = map.valueArray();
    int size = map.size();
    Set<String> names = size > 1 ? new HashSet<>(2 * size) : Set.of();
    out.writeStartObject();
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
      out.writeFieldName(name);
      values.write(out, elements, at);
    }
    out.writeEndObject();
  }

  private String nullKey() {
    if (options.nullKeys() == MapNullKeyMode.LITERAL) {
      return options.nullKeyLiteral();
    }
    throw new UnsupportedValueException(); // Flink rejects it.
  }
}
