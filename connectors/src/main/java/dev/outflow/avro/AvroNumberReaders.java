package dev.outflow.avro;

import dev.outflow.format.ScalarTypes;
import dev.outflow.format.reader.InvalidValueException;
import org.apache.avro.Schema;
import org.apache.flink.table.types.logical.LogicalType;

/** Creates the readers of binary numbers, with Avro's promotions. */
final class AvroNumberReaders {
  private AvroNumberReaders() {}

  /** Returns the reader; null if values of this Avro type cannot be read as {@code type}. */
  static AvroValueReader reader(Schema.Type written, LogicalType type) {
    return switch (type.getTypeRoot()) {
      case TINYINT, SMALLINT, INTEGER -> written == Schema.Type.INT ? ints(type) : null;
      case BIGINT ->
          switch (written) {
            case INT -> in -> (long) in.readInt();
            case LONG -> AvroInput::readLong;
            default -> null;
          };
      case FLOAT ->
          switch (written) {
            case INT -> in -> (float) in.readInt();
            case LONG -> in -> (float) in.readLong();
            case FLOAT -> AvroInput::readFloat;
            default -> null;
          };
      default ->
          switch (written) {
            case INT -> in -> (double) in.readInt();
            case LONG -> in -> (double) in.readLong();
            case FLOAT -> in -> (double) in.readFloat();
            case DOUBLE -> AvroInput::readDouble;
            default -> null;
          };
    };
  }

  /** Avro has no smaller type than int. */
  private static AvroValueReader ints(LogicalType type) {
    String name = ScalarTypes.name(type);
    return switch (type.getTypeRoot()) {
      case TINYINT ->
          in -> {
            int value = in.readInt();
            if (value != (byte) value) {
              throw InvalidValueException.outOfRange(name);
            }
            return (byte) value;
          };
      case SMALLINT ->
          in -> {
            int value = in.readInt();
            if (value != (short) value) {
              throw InvalidValueException.outOfRange(name);
            }
            return (short) value;
          };
      default -> AvroInput::readInt;
    };
  }
}
