package dev.outflow.functions.aggregate;

import java.util.function.UnaryOperator;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;

/**
 * {@code TOPONE(value, 'order', key, ...)}: the value of the row that ranks first by one or more
 * keys, which are numbers or times; the order has ASC or DESC for each. The value can be a ROW of
 * several columns. Of rows with the same keys, the one that arrives first. A NULL key is the
 * smallest. NULL without rows.
 *
 * <pre>{@code
 * TOPONE(v, 'DESC', k)  -- x
 * TOPONE(v, 'ASC, DESC', n, k)  -- y
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/topone-azure-stream-analytics">TopOne</a>
 */
public final class TopOne extends AggregateFunction<Object, Row> {
  private static final long serialVersionUID = 1L;

  @Override
  public Row createAccumulator() {
    return TopRows.empty();
  }

  public void accumulate(Row state, Object value, String order, Object... keys) {
    TopRows.add(state, 1, order, value, keys);
  }

  public void merge(Row state, Iterable<Row> others) {
    others.forEach(other -> TopRows.merge(state, other));
  }

  @Override
  public Object getValue(Row state) {
    Object[] values = TopRows.values(state);
    return values.length == 0 ? null : values[0];
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    return TopArguments.of(0, UnaryOperator.identity());
  }
}
