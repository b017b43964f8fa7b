package dev.outflow.format.reader;

import com.fasterxml.jackson.core.Base64Variants;
import dev.outflow.format.Utf8Text;
import org.apache.flink.table.types.logical.BinaryType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarBinaryType;

/**
 * Reads bytes as Base64.
 *
 * @param limit the most bytes that the type allows
 */
record Base64Reader(String type, int limit) implements ScalarReader {
  static Base64Reader of(LogicalType type) {
    return new Base64Reader(ScalarReaders.name(type), limit(type));
  }

  /** Returns the most bytes that a type allows. */
  static int limit(LogicalType type) {
    return type instanceof BinaryType fixed
        ? fixed.getLength()
        : ((VarBinaryType) type).getLength();
  }

  @Override
  public boolean acceptsEmpty() {
    return true;
  }

  @Override
  public Object read(byte[] text, int from, int to) throws InvalidValueException {
    byte[] bytes;
    try {
      bytes = Base64Variants.MIME_NO_LINEFEEDS.decode(Utf8Text.decode(text, from, to));
    } catch (IllegalArgumentException e) {
      throw InvalidValueException.conversion("the text is not Base64, as " + type + " requires");
    }
    if (bytes.length > limit) {
      throw InvalidValueException.tooManyBytes(limit, type);
    }
    return bytes;
  }
}
