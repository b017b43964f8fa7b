package dev.outflow.compose;

import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BinaryType;
import org.apache.flink.table.types.logical.CharType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;

/** Prints types of results as SQL. */
final class SqlType {
  private SqlType() {}

  /**
   * Returns a type as SQL. The literals {@code ''} and {@code X''} have the types {@code CHAR(0)}
   * and {@code BINARY(0)}, which SQL cannot express; at any depth they become {@code STRING} and
   * {@code BYTES}.
   */
  static String of(LogicalType type) {
    return withoutZeroLength(type).asSerializableString();
  }

  private static LogicalType withoutZeroLength(LogicalType type) {
    boolean isNullable = type.isNullable();
    if (type instanceof CharType text && text.getLength() == 0) {
      return new VarCharType(isNullable, VarCharType.MAX_LENGTH);
    }
    if (type instanceof BinaryType bytes && bytes.getLength() == 0) {
      return new VarBinaryType(isNullable, VarBinaryType.MAX_LENGTH);
    }
    if (type instanceof ArrayType array) {
      return new ArrayType(isNullable, withoutZeroLength(array.getElementType()));
    }
    if (type instanceof MultisetType multiset) {
      return new MultisetType(isNullable, withoutZeroLength(multiset.getElementType()));
    }
    if (type instanceof MapType map) {
      return new MapType(
          isNullable, withoutZeroLength(map.getKeyType()), withoutZeroLength(map.getValueType()));
    }
    return type instanceof RowType row
        ? new RowType(isNullable, row.getFields().stream().map(SqlType::withoutZeroLength).toList())
        : type;
  }

  private static RowType.RowField withoutZeroLength(RowType.RowField field) {
    return new RowType.RowField(
        field.getName(), withoutZeroLength(field.getType()), field.getDescription().orElse(null));
  }
}
