package dev.outflow.kafka.output;

import java.io.Serializable;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * The columns of a row, for copying some of them.
 *
 * @param names in their order
 * @param types as declared
 */
record RowSchema(List<String> names, List<LogicalType> types) implements Serializable {
  static RowSchema of(DataType row) {
    return new RowSchema(
        List.copyOf(DataType.getFieldNames(row)), List.copyOf(row.getLogicalType().getChildren()));
  }

  int count() {
    return names.size();
  }

  boolean isRequired(int column) {
    return !types.get(column).isNullable();
  }

  /**
   * Copies a row, setting all but the {@code retained} columns to null.
   *
   * @throws RowSerializationException if a value does not have its column's type
   */
  RowData retain(RowData row, IntPredicate retained) {
    return copy(row, IntStream.range(0, count()).toArray(), retained);
  }

  /**
   * Copies some columns of a row.
   *
   * @throws RowSerializationException if a value does not have its column's type
   */
  RowData project(RowData row, int[] columns) {
    return copy(row, columns, column -> true);
  }

  private RowData copy(RowData row, int[] columns, IntPredicate retained) {
    GenericRowData copy = new GenericRowData(row.getRowKind(), columns.length);
    for (int to = 0; to < columns.length; to++) {
      int from = columns[to];
      copy.setField(to, retained.test(from) ? value(row, from) : null);
    }
    return copy;
  }

  private Object value(RowData row, int column) {
    // Nullable, because Flink's getters of NOT NULL columns do not check for null.
    LogicalType type = types.get(column).copy(true);
    try {
      return RowData.createFieldGetter(type, column).getFieldOrNull(row);
    } catch (RuntimeException e) {
      throw RowSerializationException.of(e);
    }
  }
}
