package dev.outflow.format.reader;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.StringData;

/** Reads objects as maps, and as multisets of their names. */
record JsonMapReader(String type, TextReader keys, JsonValueReader values)
    implements JsonValueReader {
  /** Replaces the key in the path of a value, because it is part of the data. */
  private static final String ANY_KEY = "*";

  @Override
  public Object read(JsonInput json) throws IOException, InvalidValueException {
    JsonValueReader.require(JsonType.OBJECT, json, type);
    Map<StringData, Object> map = new LinkedHashMap<>();
    for (boolean more = json.enter('}'); more; more = json.more('}')) {
      try {
        StringData key = keys.read(json.name());
        map.put(key, values.read(json));
      } catch (InvalidValueException e) {
        throw e.within(ANY_KEY);
      }
    }
    return new GenericMapData(map);
  }
}
