package dev.outflow.testing.rows;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.LookupFunction;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Finds the rows of a test that a lookup join compares. In SQL, null equals nothing.
 *
 * <p>Internal; public because Flink requires it of a function.
 */
public final class RowLookup extends LookupFunction {
  private static final long serialVersionUID = 1;

  private final String id;
  private final RowData.FieldGetter[] ofRow;
  private final RowData.FieldGetter[] ofKey;
  private transient List<RowData> rows;

  RowLookup(String id, RowType type, int[] columns) {
    this.id = id;
    this.ofRow = new RowData.FieldGetter[columns.length];
    this.ofKey = new RowData.FieldGetter[columns.length];
    for (int i = 0; i < columns.length; i++) {
      LogicalType column = type.getTypeAt(columns[i]).copy(true);
      ofRow[i] = RowData.createFieldGetter(column, columns[i]);
      ofKey[i] = RowData.createFieldGetter(column, i);
    }
  }

  @Override
  public void open(FunctionContext context) {
    rows = RowStore.kept(id);
  }

  @Override
  public Collection<RowData> lookup(RowData keyRow) {
    List<RowData> found = new ArrayList<>();
    for (RowData row : rows) {
      if (matches(row, keyRow)) {
        found.add(row);
      }
    }
    return found;
  }

  private boolean matches(RowData row, RowData key) {
    for (int i = 0; i < ofRow.length; i++) {
      Object value = ofRow[i].getFieldOrNull(row);
      if (value == null || !value.equals(ofKey[i].getFieldOrNull(key))) {
        return false;
      }
    }
    return true;
  }
}
