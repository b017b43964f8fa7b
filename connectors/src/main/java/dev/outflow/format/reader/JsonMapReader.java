package dev.outflow.format.reader;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
  public Object read(JsonParser json) throws IOException, InvalidValueException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw JsonValueReader.invalid(json, type);
    }
    Map<StringData, Object> map = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      try {
        StringData key = keys.read(json.currentName());
        json.nextToken();
        map.put(key, values.read(json));
      } catch (InvalidValueException e) {
        throw e.within(ANY_KEY);
      }
    }
    return new GenericMapData(map);
  }
}
