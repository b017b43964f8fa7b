package dev.outflow.functions.temporal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.dataview.ListView;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StateTypeStrategy;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;

/**
 * {@code SLIDING_ROWS(input, window_size, on_time, uid)}: a table function that returns all rows of
 * a sliding window at each instant at which rows enter or leave it, with the instant as their time.
 * {@code TUMBLE} with a size of 1 ms aggregates them, with any aggregate function. {@code
 * SLIDING_CHANGES} returns less for aggregates that {@code OVER} accepts.
 *
 * <p>A row enters the window at its time and leaves it {@code window_size} later, when it is no
 * longer returned. Rows of an instant are in the order of their times, and of arrival if they have
 * the same. The column {@code entered_at} is the time of the row itself. The input has ORDER BY its
 * event time, and PARTITION BY if there are keys. Late rows are left out.
 *
 * <p>State: the rows of the window of each partition, and two timers for each instant. The number
 * of rows that it returns grows with the square of those in the window.
 *
 * <pre>{@code
 * SELECT *
 * FROM SLIDING_ROWS(
 *   input => TABLE readings PARTITION BY device ORDER BY ts,
 *   window_size => INTERVAL '10' SECOND,
 *   on_time => DESCRIPTOR(ts),
 *   uid => 'rows_of_10_s')
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/sliding-window-azure-stream-analytics">Sliding
 *     Window</a>
 */
public final class SlidingRows extends ProcessTableFunction<Row> {
  /** The column that the function adds. */
  public static final String COLUMN = "entered_at";

  private static final int LEAVES_AT = 0;
  private static final int ROW = 1;

  /** Called for each row, in the order of event time. */
  public void eval(Context context, ListView<Row> rows, Row input, Duration windowSize)
      throws Exception {
    TimeContext<Long> time = context.timeContext(Long.class);
    long leaves = time.time() + windowSize.toMillis();
    Row passedOn =
        InputColumns.of(context.tableSemanticsFor("input"))
            .passedOn(input, Instant.ofEpochMilli(time.time()));
    rows.add(Row.of(leaves, passedOn));
    time.registerOnTime(time.time());
    time.registerOnTime(leaves);
  }

  /**
   * Returns the rows of an instant, and forgets those that leave; some can be of later instants.
   */
  public void onTimer(OnTimerContext context, ListView<Row> rows) throws Exception {
    long now = context.timeContext(Long.class).time();
    List<Row> kept = new ArrayList<>();
    boolean anyLeaves = false;
    for (Row row : rows.get()) {
      boolean leaves = (long) row.getField(LEAVES_AT) <= now;
      anyLeaves |= leaves;
      if (!leaves) {
        kept.add(row);
      }
    }
    for (Row row : kept) {
      Row passedOn = row.getFieldAs(ROW);
      Instant entered = passedOn.getFieldAs(passedOn.getArity() - 1);
      if (entered.toEpochMilli() <= now) {
        collect(passedOn);
      }
    }
    if (kept.isEmpty()) {
      context.clearAllState();
    } else if (anyLeaves) {
      rows.clear();
      rows.addAll(kept);
    }
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    LinkedHashMap<String, StateTypeStrategy> state = new LinkedHashMap<>();
    state.put(
        "rows",
        StateTypeStrategy.of(call -> Optional.of(ListView.newListViewDataType(kept(call)))));
    return TypeInference.newBuilder()
        .staticArguments(TemporalArguments.input(), TemporalArguments.duration("window_size"))
        .stateTypeStrategies(state)
        .outputTypeStrategy(call -> Optional.of(output(call)))
        .build();
  }

  private static DataType kept(CallContext call) {
    return DataTypes.ROW(
        DataTypes.FIELD("leaves_at", DataTypes.BIGINT()), DataTypes.FIELD("row", output(call)));
  }

  private static DataType output(CallContext call) {
    TemporalArguments.checkOrder(call);
    TemporalArguments.checkDuration(call, 1, "window_size");
    List<DataTypes.Field> fields = new ArrayList<>(InputColumns.of(call, COLUMN).passedOn());
    fields.add(DataTypes.FIELD(COLUMN, DataTypes.TIMESTAMP_LTZ(3)));
    return DataTypes.ROW(fields);
  }
}
