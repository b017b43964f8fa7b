package dev.outflow.kafka.input;

import java.util.Map;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Creates the row of a bad record, until it is separated from the others: null in each column, or
 * zero where the type is NOT NULL, because Flink's generated code does not check for null there.
 */
final class PlaceholderRow {
  private PlaceholderRow() {}

  /** Returns an empty row of this type. */
  static GenericRowData of(RowType type) {
    GenericRowData row = new GenericRowData(type.getFieldCount());
    for (int i = 0; i < type.getFieldCount(); i++) {
      row.setField(i, value(type.getTypeAt(i)));
    }
    return row;
  }

  /** Returns null, or the empty value of a type that is NOT NULL. */
  static Object value(LogicalType type) {
    if (type.isNullable()) {
      return null;
    }
    return switch (type.getTypeRoot()) {
      case CHAR, VARCHAR -> StringData.fromString("");
      case BINARY, VARBINARY -> new byte[0];
      case BOOLEAN -> false;
      case TINYINT -> (byte) 0;
      case SMALLINT -> (short) 0;
      case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE, INTERVAL_YEAR_MONTH -> 0;
      case BIGINT, INTERVAL_DAY_TIME -> 0L;
      case FLOAT -> 0f;
      case DOUBLE -> 0d;
      case DECIMAL ->
          DecimalData.zero(((DecimalType) type).getPrecision(), ((DecimalType) type).getScale());
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          TimestampData.fromEpochMillis(0);
      case ARRAY -> new GenericArrayData(new Object[0]);
      case MAP, MULTISET -> new GenericMapData(Map.of());
      case ROW -> (RowData) of((RowType) type);
      default -> null;
    };
  }
}
