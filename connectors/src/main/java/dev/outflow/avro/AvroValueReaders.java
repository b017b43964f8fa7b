package dev.outflow.avro;

import dev.outflow.format.ScalarTypes;
import dev.outflow.format.reader.InvalidValueException;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Creates the readers of Avro values, by the schema they were written with and the type of their
 * column. The rules are those of schema resolution in the Avro specification, with the column types
 * as the reader's schema; {@code docs/values.md} lists what is read in addition.
 *
 * <p>As in the specification, a value whose type does not match is an error only if it occurs: the
 * other types of its union can be read.
 */
final class AvroValueReaders {
  private static final Set<Schema.Type> WHOLE_NUMBERS = Set.of(Schema.Type.INT, Schema.Type.LONG);

  private AvroValueReaders() {}

  /** Creates a reader for a supported type; not thread-safe. */
  static AvroValueReader reader(Schema written, LogicalType type) {
    return switch (written.getType()) {
      case UNION ->
          new AvroUnionReader(
              written.getTypes().stream()
                  .map(branch -> reader(branch, type))
                  .toArray(AvroValueReader[]::new));
      case NULL -> nulls(type.isNullable());
      default -> present(written, type);
    };
  }

  private static AvroValueReader nulls(boolean nullable) {
    return in -> {
      if (!nullable) {
        throw InvalidValueException.isNull();
      }
      return null;
    };
  }

  private static AvroValueReader present(Schema written, LogicalType type) {
    Schema.Type avro = written.getType();
    AvroValueReader reader =
        switch (type.getTypeRoot()) {
          case BOOLEAN -> avro == Schema.Type.BOOLEAN ? AvroInput::readBoolean : null;
          case TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE ->
              AvroNumberReaders.reader(avro, type);
          case DECIMAL -> AvroDecimalReader.find(written, type);
          case DATE, TIME_WITHOUT_TIME_ZONE -> AvroTimeReaders.reader(written, type);
          case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
              WHOLE_NUMBERS.contains(avro) ? AvroTimeReaders.timestamp(written, type) : null;
          case CHAR, VARCHAR -> AvroTextReader.find(written, type);
          case BINARY, VARBINARY -> AvroBytesReader.find(written, type);
          case ARRAY -> array(written, (ArrayType) type);
          case MAP -> map(written, ((MapType) type).getKeyType(), ((MapType) type).getValueType());
          case MULTISET -> map(written, ((MultisetType) type).getElementType(), new IntType(false));
          case ROW -> avro == Schema.Type.RECORD ? row(written, (RowType) type) : null;
          default -> throw new IllegalArgumentException("not a type of Avro: " + type);
        };
    return reader == null ? mismatch(written, type) : reader;
  }

  private static AvroValueReader mismatch(Schema written, LogicalType type) {
    String message =
        "a value of Avro type %s is not a valid %s"
            .formatted(AvroTypes.name(written), ScalarTypes.name(type));
    return in -> {
      throw InvalidValueException.conversion(message);
    };
  }

  private static AvroValueReader array(Schema written, ArrayType type) {
    return written.getType() == Schema.Type.ARRAY
        ? new AvroArrayReader(reader(written.getElementType(), type.getElementType()))
        : null;
  }

  private static AvroValueReader map(Schema written, LogicalType key, LogicalType value) {
    return written.getType() == Schema.Type.MAP
        ? new AvroMapReader(AvroTextReader.of(key), reader(written.getValueType(), value))
        : null;
  }

  private static AvroValueReader row(Schema written, RowType type) {
    AvroRowReader.Field[] fields =
        written.getFields().stream()
            .map(
                field -> {
                  int column = type.getFieldIndex(field.name());
                  return new AvroRowReader.Field(
                      field.name(),
                      column,
                      column < 0
                          ? skipped(field.schema())
                          : reader(field.schema(), type.getTypeAt(column)));
                })
            .toArray(AvroRowReader.Field[]::new);
    List<String> missing =
        type.getFields().stream()
            .filter(field -> !field.getType().isNullable())
            .map(RowType.RowField::getName)
            .filter(name -> written.getField(name) == null)
            .toList();
    return new AvroRowReader(type.getFieldCount(), fields, missing);
  }

  private static AvroValueReader skipped(Schema written) {
    return in -> {
      SkippedValue.skip(written, in);
      return null;
    };
  }
}
