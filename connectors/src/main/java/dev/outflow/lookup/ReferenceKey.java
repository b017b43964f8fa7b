package dev.outflow.lookup;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** The columns that a join compares. */
final class ReferenceKey implements Serializable {
  private static final long serialVersionUID = 1;

  private final RowData.FieldGetter[] ofRow;
  private final RowData.FieldGetter[] ofKey;

  /** Creates a key of columns, given by their indexes in the table. */
  ReferenceKey(RowType table, int[] columns) {
    ofRow = new RowData.FieldGetter[columns.length];
    ofKey = new RowData.FieldGetter[columns.length];
    for (int i = 0; i < columns.length; i++) {
      LogicalType type = table.getTypeAt(columns[i]);
      ofRow[i] = RowData.createFieldGetter(type, columns[i]);
      ofKey[i] = RowData.createFieldGetter(type, i);
    }
  }

  /** Returns the key of a row of the table. */
  List<Object> ofRow(RowData row) {
    return values(row, ofRow);
  }

  /** Returns the key in a row that consists of it. */
  List<Object> ofKey(RowData key) {
    return values(key, ofKey);
  }

  private static List<Object> values(RowData row, RowData.FieldGetter[] getters) {
    List<Object> values = new ArrayList<>(getters.length);
    for (RowData.FieldGetter getter : getters) {
      values.add(getter.getFieldOrNull(row));
    }
    return values;
  }
}
