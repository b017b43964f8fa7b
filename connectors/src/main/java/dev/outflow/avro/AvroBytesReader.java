package dev.outflow.avro;

import dev.outflow.format.ScalarTypes;
import dev.outflow.format.reader.InvalidValueException;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.flink.table.types.logical.BinaryType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarBinaryType;

/**
 * Reads bytes and checks their number.
 *
 * @param fixedSize the number of bytes; negative if it precedes each value
 * @param limit the most bytes that the type allows
 */
record AvroBytesReader(String type, int fixedSize, int limit) implements AvroValueReader {

  /** Returns the reader of bytes, fixed and strings; null for other types. */
  static AvroBytesReader find(Schema written, LogicalType type) {
    int limit =
        type instanceof BinaryType fixed ? fixed.getLength() : ((VarBinaryType) type).getLength();
    return switch (written.getType()) {
      case BYTES, STRING -> new AvroBytesReader(ScalarTypes.name(type), -1, limit);
      case FIXED -> new AvroBytesReader(ScalarTypes.name(type), written.getFixedSize(), limit);
      default -> null;
    };
  }

  @Override
  public Object read(AvroInput in) throws IOException, InvalidValueException {
    byte[] bytes = in.readBytes(fixedSize < 0 ? in.readLength() : fixedSize);
    if (bytes.length > limit) {
      throw InvalidValueException.tooManyBytes(limit, type);
    }
    return bytes;
  }
}
