package dev.outflow.avro;

import dev.outflow.format.reader.InvalidValueException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.StringData;

/** Reads maps, and multisets as maps of elements to their counts. */
record AvroMapReader(AvroTextReader keys, AvroValueReader values) implements AvroValueReader {
  /** Replaces the key in the path of a value, because it is part of the data. */
  private static final String ANY_KEY = "*";

  @Override
  public Object read(AvroInput in) throws IOException, InvalidValueException {
    Map<StringData, Object> map = new LinkedHashMap<>();
    for (int block = in.readBlock(); block > 0; block = in.readBlock()) {
      for (int left = block; left > 0; left--) {
        try {
          StringData key = keys.read(in);
          map.put(key, values.read(in));
        } catch (InvalidValueException e) {
          throw e.within(ANY_KEY);
        }
      }
    }
    return new GenericMapData(map);
  }
}
