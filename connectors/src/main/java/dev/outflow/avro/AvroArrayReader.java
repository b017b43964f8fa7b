package dev.outflow.avro;

import dev.outflow.format.reader.InvalidValueException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.GenericArrayData;

/** Reads arrays. */
record AvroArrayReader(AvroValueReader elements) implements AvroValueReader {
  @Override
  public Object read(AvroInput in) throws IOException, InvalidValueException {
    List<Object> values = new ArrayList<>();
    for (int block = in.readBlock(); block > 0; block = in.readBlock()) {
      for (int left = block; left > 0; left--) {
        try {
          values.add(elements.read(in));
        } catch (InvalidValueException e) {
          throw e.within("[%d]".formatted(values.size()));
        }
      }
    }
    return new GenericArrayData(values.toArray());
  }
}
