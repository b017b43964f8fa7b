package dev.outflow.format.reader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.GenericArrayData;

/** Reads arrays. */
record JsonArrayReader(String type, JsonValueReader elements) implements JsonValueReader {
  @Override
  public Object read(JsonInput json) throws IOException, InvalidValueException {
    JsonValueReader.require(JsonType.ARRAY, json, type);
    List<Object> values = new ArrayList<>();
    for (boolean more = json.enter(']'); more; more = json.more(']')) {
      try {
        values.add(elements.read(json));
      } catch (InvalidValueException e) {
        throw e.within("[%d]".formatted(values.size()));
      }
    }
    return new GenericArrayData(values.toArray());
  }
}
