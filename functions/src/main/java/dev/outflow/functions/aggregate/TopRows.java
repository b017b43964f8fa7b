package dev.outflow.functions.aggregate;

import static org.apache.flink.table.api.DataTypes.ARRAY;
import static org.apache.flink.table.api.DataTypes.FIELD;
import static org.apache.flink.table.api.DataTypes.INT;
import static org.apache.flink.table.api.DataTypes.ROW;
import static org.apache.flink.table.api.DataTypes.STRING;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;

/** The state of TOPONE and COLLECTTOP: how many rows to keep, their order, and the rows by rank. */
final class TopRows {
  private static final int LIMIT = 0;
  private static final int ORDER = 1;
  private static final int ROWS = 2;

  private TopRows() {}

  static DataType type(DataType value, List<DataType> keys) {
    List<DataTypes.Field> fields = new ArrayList<>(List.of(FIELD("value", value)));
    for (int i = 0; i < keys.size(); i++) {
      fields.add(FIELD("key" + i, keys.get(i)));
    }
    return ROW(FIELD("limit", INT()), FIELD("order", STRING()), FIELD("rows", ARRAY(ROW(fields))));
  }

  static Row empty() {
    return Row.of(0, "", new Row[0]);
  }

  static void add(Row state, int limit, String order, Object value, Object... keys) {
    Row added = new Row(keys.length + 1);
    added.setField(0, value);
    for (int i = 0; i < keys.length; i++) {
      added.setField(i + 1, keys[i]);
    }
    insert(state, limit, order, added);
  }

  static void merge(Row state, Row other) {
    for (Row row : rows(other)) {
      insert(state, (int) other.getField(LIMIT), (String) other.getField(ORDER), row);
    }
  }

  /** Returns the values by rank. */
  static Object[] values(Row state) {
    Row[] rows = rows(state);
    Object[] values = new Object[rows.length];
    for (int i = 0; i < rows.length; i++) {
      values[i] = rows[i].getField(0);
    }
    return values;
  }

  private static void insert(Row state, int limit, String order, Row row) {
    Ranking ranking =
        Ranking.of(order)
            .filter(found -> found.descending().size() == row.getArity() - 1)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'%s' is not the order of %d keys; expected ASC or DESC for each of them"
                            .formatted(order, row.getArity() - 1)));
    state.setField(LIMIT, limit);
    state.setField(ORDER, order);
    state.setField(ROWS, ranking.insert(rows(state), row, limit));
  }

  private static Row[] rows(Row state) {
    return (Row[]) state.getField(ROWS);
  }
}
