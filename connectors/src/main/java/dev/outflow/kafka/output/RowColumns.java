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
record RowColumns(List<String> names, List<LogicalType> types) implements Serializable {
  static RowColumns of(DataType row) {
    return new RowColumns(
        List.copyOf(DataType.getFieldNames(row)), List.copyOf(row.getLogicalType().getChildren()));
  }

  int count() {
    return names.size();
  }

  boolean isRequired(int column) {
    return !types.get(column).isNullable();
  }

  /** A copy of {@code row} in which the other columns have no value. */
  RowData only(RowData row, IntPredicate kept) {
    return cut(row, IntStream.range(0, count()).toArray(), kept);
  }

  /** A copy of some columns of {@code row}. */
  RowData cut(RowData row, int[] columns) {
    return cut(row, columns, column -> true);
  }

  private RowData cut(RowData row, int[] columns, IntPredicate kept) {
    GenericRowData cut = new GenericRowData(row.getRowKind(), columns.length);
    for (int to = 0; to < columns.length; to++) {
      int from = columns[to];
      // As if it could be null: for NOT NULL columns Flink's getters do not look.
      cut.setField(
          to,
          kept.test(from)
              ? RowData.createFieldGetter(types.get(from).copy(true), from).getFieldOrNull(row)
              : null);
    }
    return cut;
  }
}
