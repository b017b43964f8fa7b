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
 * {@code SESSION_ROWS(input, timeout, max_duration, on_time, uid)}: a table function that returns
 * the rows of each session when it ends, with the end as their time. {@code TUMBLE} with a size of
 * 1 ms aggregates them.
 *
 * <p>A session ends {@code timeout} after its last row, or earlier, at the first multiple of {@code
 * max_duration} since 1970-01-01 at which it has lasted that long; a row at the end belongs to it.
 * A session that is cut continues as the next one, which begins at the cut if a row follows within
 * {@code timeout}. The column {@code session_start} is the time of the first row of the session.
 * The input has ORDER BY its event time, and PARTITION BY if there are keys. Late rows are left
 * out.
 *
 * <p>State: the rows of the open session of each partition. {@code max_duration} bounds it.
 *
 * <pre>{@code
 * CREATE TEMPORARY VIEW sessions AS SELECT *
 * FROM SESSION_ROWS(
 *   input => TABLE readings PARTITION BY device ORDER BY ts,
 *   timeout => INTERVAL '5' MINUTE,
 *   max_duration => INTERVAL '1' HOUR,
 *   on_time => DESCRIPTOR(ts),
 *   uid => 'sessions');
 *
 * SELECT device, COUNT(*) AS n, window_time AS session_end
 * FROM TABLE(TUMBLE(TABLE sessions, DESCRIPTOR(rowtime), INTERVAL '0.001' SECOND))
 * GROUP BY device, window_start, window_end, window_time
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/session-window-azure-stream-analytics">Session
 *     Window</a>
 */
public final class SessionRows extends ProcessTableFunction<Row> {
  /** The column that the function adds. */
  public static final String COLUMN = "session_start";

  /** Called for each row, in the order of event time. */
  public void eval(
      Context context,
      Row memory,
      ListView<Row> rows,
      Row input,
      Duration timeout,
      Duration maxDuration)
      throws Exception {
    TimeContext<Long> time = context.timeContext(Long.class);
    Sessions sessions = new Sessions(memory);
    sessions.add(time.time(), timeout.toMillis(), maxDuration.toMillis());
    rows.add(InputColumns.of(context.tableSemanticsFor("input")).passedOn(input, null));
    time.registerOnTime(sessions.end());
    time.registerOnTime(sessions.openUntil());
  }

  /** Returns the rows of the session that ends at this time, if one does. */
  public void onTimer(OnTimerContext context, Row memory, ListView<Row> rows) throws Exception {
    long now = context.timeContext(Long.class).time();
    Sessions sessions = new Sessions(memory);
    Optional<Sessions.Ended> ended = sessions.endedAt(now);
    if (ended.isPresent()) {
      List<Row> later = new ArrayList<>();
      int index = 0;
      for (Row row : rows.get()) {
        if (index++ < ended.get().rows()) {
          row.setField(row.getArity() - 1, Instant.ofEpochMilli(ended.get().start()));
          collect(row);
        } else {
          later.add(row);
        }
      }
      rows.clear();
      rows.addAll(later);
    }
    if (sessions.areOver(now)) {
      context.clearAllState();
    }
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    LinkedHashMap<String, StateTypeStrategy> state = new LinkedHashMap<>();
    state.put("memory", StateTypeStrategy.of(call -> Optional.of(Sessions.type())));
    state.put(
        "rows",
        StateTypeStrategy.of(call -> Optional.of(ListView.newListViewDataType(output(call)))));
    return TypeInference.newBuilder()
        .staticArguments(
            TemporalArguments.input(),
            TemporalArguments.duration("timeout"),
            TemporalArguments.duration("max_duration"))
        .stateTypeStrategies(state)
        .outputTypeStrategy(call -> Optional.of(output(call)))
        .build();
  }

  private static DataType output(CallContext call) {
    TemporalArguments.checkOrder(call);
    TemporalArguments.checkDuration(call, 1, "timeout");
    TemporalArguments.checkDuration(call, 2, "max_duration");
    List<DataTypes.Field> fields = new ArrayList<>(InputColumns.of(call, COLUMN).passedOn());
    fields.add(DataTypes.FIELD(COLUMN, DataTypes.TIMESTAMP_LTZ(3)));
    return DataTypes.ROW(fields);
  }
}
