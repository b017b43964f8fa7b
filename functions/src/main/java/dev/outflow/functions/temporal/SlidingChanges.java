package dev.outflow.functions.temporal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StateTypeStrategy;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;

/**
 * {@code SLIDING_CHANGES(input, window_size, on_time, uid)}: a table function that returns the
 * instants at which rows enter or leave a sliding window. OVER aggregates the rows that enter; its
 * result at each instant is that of the window.
 *
 * <p>Each input row is returned with TRUE in the column {@code is_entering}. For each instant of a
 * partition at which rows enter or leave, one more row is returned at that time, with FALSE: it has
 * the values of any row of the partition, so that only the columns of PARTITION BY have a meaning.
 * A row leaves the window {@code window_size} after it entered. Late rows are left out.
 *
 * <p>State: one row for each partition, and two timers for each instant, until the window is empty.
 *
 * <pre>{@code
 * SELECT device, n, rowtime
 * FROM (
 *   SELECT device, is_entering, rowtime, COUNT(CASE WHEN is_entering THEN 1 END) OVER (
 *     PARTITION BY device ORDER BY rowtime
 *     RANGE BETWEEN INTERVAL '9.999' SECOND PRECEDING AND CURRENT ROW) AS n
 *   FROM SLIDING_CHANGES(
 *     input => TABLE readings PARTITION BY device,
 *     window_size => INTERVAL '10' SECOND,
 *     on_time => DESCRIPTOR(ts),
 *     uid => 'readings_of_10_s'))
 * WHERE NOT is_entering AND n > 0
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/sliding-window-azure-stream-analytics">Sliding
 *     Window</a>
 */
public final class SlidingChanges extends ProcessTableFunction<Row> {
  /** The column that the function adds. */
  public static final String COLUMN = "is_entering";

  private static final int EMPTY_AT = 0;
  private static final int ANY_ROW = 1;

  /** Called for each row, in the order of arrival. */
  public void eval(Context context, Row memory, Row input, Duration windowSize) {
    TimeContext<Long> time = context.timeContext(Long.class);
    Long watermark = time.currentWatermark();
    if (watermark != null && time.time() <= watermark) {
      return;
    }
    collect(InputColumns.of(context.tableSemanticsFor("input")).passedOn(input, true));
    long leaves = time.time() + windowSize.toMillis();
    time.registerOnTime(time.time());
    time.registerOnTime(leaves);
    Long emptyAt = memory.getFieldAs(EMPTY_AT);
    memory.setField(EMPTY_AT, emptyAt == null ? leaves : Math.max(emptyAt, leaves));
    if (memory.getField(ANY_ROW) == null) {
      memory.setField(
          ANY_ROW, InputColumns.of(context.tableSemanticsFor("input")).passedOn(input, false));
    }
  }

  /** Reports an instant, and forgets a partition whose window is empty. */
  public void onTimer(OnTimerContext context, Row memory) {
    collect(memory.getFieldAs(ANY_ROW));
    Long emptyAt = memory.getFieldAs(EMPTY_AT);
    if (emptyAt <= context.timeContext(Long.class).time()) {
      context.clearAllState();
    }
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    LinkedHashMap<String, StateTypeStrategy> state = new LinkedHashMap<>();
    state.put(
        "memory",
        StateTypeStrategy.of(
            call ->
                Optional.of(
                    DataTypes.ROW(
                        DataTypes.FIELD("empty_at", DataTypes.BIGINT()),
                        DataTypes.FIELD("any_row", output(call))))));
    return TypeInference.newBuilder()
        .staticArguments(TemporalArguments.input(), TemporalArguments.duration("window_size"))
        .stateTypeStrategies(state)
        .outputTypeStrategy(call -> Optional.of(output(call)))
        .build();
  }

  private static DataType output(CallContext call) {
    TemporalArguments.checkDuration(call, 1, "window_size");
    List<DataTypes.Field> fields = new ArrayList<>(InputColumns.of(call, COLUMN).passedOn());
    fields.add(DataTypes.FIELD(COLUMN, DataTypes.BOOLEAN()));
    return DataTypes.ROW(fields);
  }
}
