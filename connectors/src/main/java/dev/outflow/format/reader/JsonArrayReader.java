package dev.outflow.format.reader;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.GenericArrayData;

/** Reads arrays. */
record JsonArrayReader(String type, JsonValueReader elements) implements JsonValueReader {
  @Override
  public Object read(JsonParser json) throws IOException, InvalidValueException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw JsonValueReader.invalid(json, type);
    }
    List<Object> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      try {
        values.add(elements.read(json));
      } catch (InvalidValueException e) {
        throw e.within("[%d]".formatted(values.size()));
      }
    }
    return new GenericArrayData(values.toArray());
  }
}
