package dev.outflow.sampling.column;

import dev.outflow.sampling.column.ColumnType.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/** Types that a schema declares, as those that are inferred where both are the same. */
final class DeclaredColumns {
  private static final int MILLIS = 3;
  private static final int MICROS = 6;

  private DeclaredColumns() {}

  static ColumnType of(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case INTEGER -> Scalar.INT;
      case BIGINT -> Scalar.BIGINT;
      case DOUBLE -> Scalar.DOUBLE;
      case VARCHAR -> Scalar.STRING;
      case BOOLEAN -> Scalar.BOOLEAN;
      case DATE -> Scalar.DATE;
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> time(((LocalZonedTimestampType) type).getPrecision());
      case DECIMAL ->
          new ColumnType.Decimal(
              ((DecimalType) type).getPrecision(), ((DecimalType) type).getScale());
      case ROW -> row((RowType) type);
      case ARRAY -> new ColumnType.Array(of(((ArrayType) type).getElementType()));
      case MAP -> new ColumnType.Dictionary(of(((MapType) type).getValueType()));
      default -> new ColumnType.Declared(DataTypes.of(type.copy(true)));
    };
  }

  private static ColumnType time(int precision) {
    if (precision > MICROS) {
      return Scalar.TIME_NANOS;
    }
    return precision > MILLIS ? Scalar.TIME_MICROS : Scalar.TIME;
  }

  private static ColumnType row(RowType row) {
    Map<String, ColumnType> fields = new LinkedHashMap<>();
    row.getFields().forEach(field -> fields.put(field.getName(), of(field.getType())));
    return new ColumnType.Row(fields);
  }
}
