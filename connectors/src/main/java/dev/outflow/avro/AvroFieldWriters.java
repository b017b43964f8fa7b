package dev.outflow.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outflow.format.Utf8Text;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/** Creates the writers of fields, by the schema that Flink derives from their type. */
final class AvroFieldWriters {
  private static final int MICROS_PER_MILLI = 1000;
  private static final int NANOS_PER_MICRO = 1000;

  private AvroFieldWriters() {}

  /** Creates a writer for a supported type; not thread-safe. */
  static AvroFieldWriter writer(Schema schema, LogicalType type) {
    if (schema.getType() != Schema.Type.UNION) {
      AvroFieldWriter writer = present(schema, type);
      return (out, row, at) -> {
        if (row.isNullAt(at)) {
          throw new IllegalArgumentException("null, but declared NOT NULL");
        }
        writer.write(out, row, at);
      };
    }
    List<Schema> branches = schema.getTypes();
    int nullIndex = schema.getIndexNamed(Schema.Type.NULL.getName());
    int valueIndex = 1 - nullIndex;
    AvroFieldWriter writer = present(branches.get(valueIndex), type);
    return (out, row, at) -> {
      if (row.isNullAt(at)) {
        out.writeInt(nullIndex);
      } else {
        out.writeInt(valueIndex);
        writer.write(out, row, at);
      }
    };
  }

  private static AvroFieldWriter present(Schema schema, LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> (out, row, at) -> out.writeBoolean(row.getBoolean(at));
      case TINYINT -> (out, row, at) -> out.writeInt(row.getByte(at));
      case SMALLINT -> (out, row, at) -> out.writeInt(row.getShort(at));
      case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE -> (out, row, at) -> out.writeInt(row.getInt(at));
      case BIGINT -> (out, row, at) -> out.writeLong(row.getLong(at));
      case FLOAT -> (out, row, at) -> out.writeFloat(row.getFloat(at));
      case DOUBLE -> (out, row, at) -> out.writeDouble(row.getDouble(at));
      case DECIMAL -> decimal((DecimalType) type);
      case CHAR, VARCHAR -> (out, row, at) -> out.writeBytes(utf8(row.getString(at)));
      case BINARY, VARBINARY -> (out, row, at) -> out.writeBytes(row.getBinary(at));
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> timestamp(schema, type);
      case ARRAY -> {
        LogicalType element = ((ArrayType) type).getElementType();
        AvroElementWriter elements = AvroElementWriter.of(schema.getElementType(), element);
        yield (out, row, at) -> elements.write(out, row.getArray(at));
      }
      case MAP -> map(schema, ((MapType) type).getValueType());
      case MULTISET -> map(schema, new IntType());
      case ROW -> {
        RowType nested = (RowType) type;
        AvroRowWriter fields = new AvroRowWriter(schema, nested);
        yield (out, row, at) -> fields.write(out, row.getRow(at, nested.getFieldCount()));
      }
      default -> throw new IllegalArgumentException("not a type of Avro: " + type);
    };
  }

  private static AvroFieldWriter decimal(DecimalType type) {
    int precision = type.getPrecision();
    int scale = type.getScale();
    return (out, row, at) -> {
      DecimalData value = row.getDecimal(at, precision, scale);
      if (value.isCompact()) {
        out.writeUnscaled(value.toUnscaledLong());
      } else {
        out.writeBytes(value.toUnscaledBytes());
      }
    };
  }

  /** Replaces invalid UTF-8, as Flink does. */
  static byte[] utf8(StringData text) {
    byte[] bytes = text.toBytes();
    return Utf8Text.isAscii(bytes) || Utf8Text.isValid(bytes)
        ? bytes
        : text.toString().getBytes(UTF_8);
  }

  private static AvroFieldWriter timestamp(Schema schema, LogicalType type) {
    int precision = AvroTypes.precision(type);
    if (AvroTypes.logicalName(schema).endsWith("-millis")) {
      return (out, row, at) -> out.writeLong(row.getTimestamp(at, precision).getMillisecond());
    }
    return (out, row, at) -> {
      TimestampData time = row.getTimestamp(at, precision);
      out.writeLong(
          Math.addExact(
              Math.multiplyExact(time.getMillisecond(), MICROS_PER_MILLI),
              time.getNanoOfMillisecond() / NANOS_PER_MICRO));
    };
  }

  private static AvroFieldWriter map(Schema schema, LogicalType value) {
    AvroMapWriter entries = new AvroMapWriter(AvroElementWriter.of(schema.getValueType(), value));
    return (out, row, at) -> entries.write(out, row.getMap(at));
  }
}
