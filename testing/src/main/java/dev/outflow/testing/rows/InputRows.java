package dev.outflow.testing.rows;

import dev.outflow.lookup.OneColumn;
import java.util.List;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.types.Row;

/** The rows of an input, in the order of their arrival. */
public sealed interface InputRows {
  InputRows NONE = new Given(List.of());

  /** Returns whether there are none. */
  boolean isEmpty();

  /** Rows of a test in Java, with a value for each column that is not computed. */
  record Given(List<Row> rows) implements InputRows {
    public Given {
      rows = List.copyOf(rows);
    }

    @Override
    public boolean isEmpty() {
      return rows.isEmpty();
    }
  }

  /**
   * Rows that a format has read.
   *
   * @param columns the columns that the rows have values for; others are null
   */
  record Decoded(List<Column> columns, List<RowData> rows) implements InputRows {
    public Decoded {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }

    @Override
    public boolean isEmpty() {
      return rows.isEmpty();
    }

    /** Returns the rows with these columns, found by name. */
    List<RowData> project(List<Column> wanted) {
      List<RowData.FieldGetter> getters = wanted.stream().map(this::getter).toList();
      return rows.stream().map(row -> project(row, getters)).toList();
    }

    private RowData.FieldGetter getter(Column wanted) {
      if (OneColumn.is(wanted)) {
        return row -> OneColumn.VALUE;
      }
      for (int at = 0; at < columns.size(); at++) {
        if (columns.get(at).getName().equals(wanted.getName())) {
          LogicalType type = columns.get(at).getDataType().getLogicalType();
          return RowData.createFieldGetter(type.copy(true), at);
        }
      }
      return row -> null;
    }

    private static RowData project(RowData row, List<RowData.FieldGetter> getters) {
      return GenericRowData.ofKind(
          row.getRowKind(), getters.stream().map(getter -> getter.getFieldOrNull(row)).toArray());
    }
  }
}
