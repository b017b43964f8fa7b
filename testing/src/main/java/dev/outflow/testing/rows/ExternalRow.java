package dev.outflow.testing.rows;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/** Converts rows that a format has read to those that a job emits to a test. */
final class ExternalRow {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private ExternalRow() {}

  static Row of(RowData row, List<Column> columns, RowKind kind) {
    Row external =
        of(row, columns.stream().map(column -> column.getDataType().getLogicalType()).toList());
    external.setKind(kind);
    return external;
  }

  private static Row of(RowData row, List<LogicalType> types) {
    return Row.of(
        IntStream.range(0, types.size())
            .mapToObj(
                at ->
                    value(
                        RowData.createFieldGetter(types.get(at).copy(true), at).getFieldOrNull(row),
                        types.get(at)))
            .toArray());
  }

  private static Object value(Object value, LogicalType type) {
    if (value == null) {
      return null;
    }
    return switch (type.getTypeRoot()) {
      case CHAR, VARCHAR -> value.toString();
      case DECIMAL -> ((DecimalData) value).toBigDecimal();
      case DATE -> LocalDate.ofEpochDay((int) value);
      case TIME_WITHOUT_TIME_ZONE -> LocalTime.ofNanoOfDay((int) value * NANOS_PER_MILLI);
      case TIMESTAMP_WITHOUT_TIME_ZONE -> ((TimestampData) value).toLocalDateTime();
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> ((TimestampData) value).toInstant();
      case ARRAY -> array((ArrayData) value, ((ArrayType) type).getElementType());
      case MAP ->
          map((MapData) value, ((MapType) type).getKeyType(), ((MapType) type).getValueType());
      case MULTISET -> map((MapData) value, ((MultisetType) type).getElementType(), new IntType());
      case ROW -> of((RowData) value, ((RowType) type).getChildren());
      default -> value;
    };
  }

  private static Object[] array(ArrayData array, LogicalType type) {
    ArrayData.ElementGetter elements = ArrayData.createElementGetter(type.copy(true));
    return IntStream.range(0, array.size())
        .mapToObj(at -> value(elements.getElementOrNull(array, at), type))
        .toArray();
  }

  private static Map<Object, Object> map(MapData map, LogicalType key, LogicalType value) {
    Object[] keys = array(map.keyArray(), key);
    Object[] values = array(map.valueArray(), value);
    Map<Object, Object> external = new LinkedHashMap<>();
    IntStream.range(0, keys.length).forEach(at -> external.put(keys[at], values[at]));
    return external;
  }
}
