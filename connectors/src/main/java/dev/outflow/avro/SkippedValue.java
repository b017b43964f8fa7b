package dev.outflow.avro;

import java.io.IOException;
import org.apache.avro.Schema;

/** Moves past values that are not read. */
final class SkippedValue {
  private SkippedValue() {}

  /**
   * Skips a value of a schema, which can be recursive.
   *
   * @throws IOException if the bytes are not such a value
   */
  static void skip(Schema written, AvroInput in) throws IOException {
    switch (written.getType()) {
      case NULL -> {}
      case BOOLEAN -> in.readBoolean();
      case INT -> in.readInt();
      case LONG -> in.readLong();
      case FLOAT -> in.skip(Float.BYTES);
      case DOUBLE -> in.skip(Double.BYTES);
      case STRING, BYTES -> in.skip(in.readLength());
      case FIXED -> in.skip(written.getFixedSize());
      case ENUM -> in.readIndex(written.getEnumSymbols().size());
      case UNION -> skip(written.getTypes().get(in.readIndex(written.getTypes().size())), in);
      case RECORD -> {
        for (Schema.Field field : written.getFields()) {
          skip(field.schema(), in);
        }
      }
      case ARRAY, MAP -> {
        for (int block = in.readBlock(); block > 0; block = in.readBlock()) {
          for (int left = block; left > 0; left--) {
            skipElement(written, in);
          }
        }
      }
    }
  }

  private static void skipElement(Schema written, AvroInput in) throws IOException {
    if (written.getType() == Schema.Type.ARRAY) {
      skip(written.getElementType(), in);
    } else {
      in.skip(in.readLength());
      skip(written.getValueType(), in);
    }
  }
}
