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
import org.apache.flink.table.types.logical.utils.LogicalTypeDefaultVisitor;

/**
 * Replaces the types of the literals {@code ''} and {@code X''}, whose length 0 Flink cannot print
 * as SQL, by {@code STRING} and {@code BYTES}, at any depth.
 */
final class WithoutZeroLength extends LogicalTypeDefaultVisitor<LogicalType> {
  @Override
  public LogicalType visit(CharType type) {
    return type.getLength() == 0
        ? new VarCharType(type.isNullable(), VarCharType.MAX_LENGTH)
        : type;
  }

  @Override
  public LogicalType visit(BinaryType type) {
    return type.getLength() == 0
        ? new VarBinaryType(type.isNullable(), VarBinaryType.MAX_LENGTH)
        : type;
  }

  @Override
  public LogicalType visit(ArrayType type) {
    return new ArrayType(type.isNullable(), type.getElementType().accept(this));
  }

  @Override
  public LogicalType visit(MultisetType type) {
    return new MultisetType(type.isNullable(), type.getElementType().accept(this));
  }

  @Override
  public LogicalType visit(MapType type) {
    return new MapType(
        type.isNullable(), type.getKeyType().accept(this), type.getValueType().accept(this));
  }

  @Override
  public LogicalType visit(RowType type) {
    return new RowType(
        type.isNullable(),
        type.getFields().stream()
            .map(
                field ->
                    new RowType.RowField(
                        field.getName(),
                        field.getType().accept(this),
                        field.getDescription().orElse(null)))
            .toList());
  }

  @Override
  protected LogicalType defaultMethod(LogicalType type) {
    return type;
  }
}
