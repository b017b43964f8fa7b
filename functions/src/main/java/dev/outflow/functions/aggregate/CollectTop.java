package dev.outflow.functions.aggregate;

import static org.apache.flink.table.api.DataTypes.ARRAY;
import static org.apache.flink.table.api.DataTypes.BIGINT;
import static org.apache.flink.table.api.DataTypes.FIELD;
import static org.apache.flink.table.api.DataTypes.ROW;

import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;

/**
 * {@code COLLECTTOP(rows, value, 'order', key, ...)}: the values of the rows that rank first, with
 * their ranks, as an array of rows with the fields {@code rank} and {@code value}. The ranking is
 * that of TOPONE. An empty array without rows.
 *
 * <pre>{@code
 * COLLECTTOP(2, v, 'DESC', k)  -- [(1, x), (2, y)]
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/collecttop-azure-stream-analytics">CollectTop</a>
 */
public final class CollectTop extends AggregateFunction<Row[], Row> {
  private static final long serialVersionUID = 1L;

  @Override
  public Row createAccumulator() {
    return TopRows.empty();
  }

  public void accumulate(Row state, Integer rows, Object value, String order, Object... keys) {
    TopRows.add(state, rows, order, value, keys);
  }

  public void merge(Row state, Iterable<Row> others) {
    others.forEach(other -> TopRows.merge(state, other));
  }

  @Override
  public Row[] getValue(Row state) {
    Object[] values = TopRows.values(state);
    Row[] ranked = new Row[values.length];
    for (int i = 0; i < values.length; i++) {
      ranked[i] = Row.of(i + 1L, values[i]);
    }
    return ranked;
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    return TopArguments.of(
        1, value -> ARRAY(ROW(FIELD("rank", BIGINT().notNull()), FIELD("value", value))));
  }
}
