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
 * The columns of a row, to be taken apart where something is wrong with it.
 *
 * @param names in their order
 * @param types as they are declared
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
   * A copy of {@code row} in which the other columns have no value.
   *
   * @throws RowSerializationException if a value is not of its column's type
   */
  RowData only(RowData row, IntPredicate kept) {
    return cut(row, IntStream.range(0, count()).toArray(), kept);
  }

  /**
   * A copy of some columns of {@code row}.
   *
   * @throws RowSerializationException if a value is not of its column's type
   */
  RowData cut(RowData row, int[] columns) {
    return cut(row, columns, column -> true);
  }

  private RowData cut(RowData row, int[] columns, IntPredicate kept) {
    GenericRowData cut = new GenericRowData(row.getRowKind(), columns.length);
    for (int to = 0; to < columns.length; to++) {
      int from = columns[to];
      cut.setField(to, kept.test(from) ? value(row, from) : null);
    }
    return cut;
  }

  private Object value(RowData row, int column) {
    // As if it could be null: for NOT NULL columns Flink's getters do not look.
    LogicalType type = types.get(column).copy(true);
    try {
      return RowData.createFieldGetter(type, column).getFieldOrNull(row);
    } catch (RuntimeException e) {
      throw RowSerializationException.of(e);
    }
  }
}
