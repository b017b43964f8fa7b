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
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.ColumnList;
import org.apache.flink.types.Row;

/**
 * {@code EARLIER_ROW(input, limit_duration, row_offset, when_true, aligned, on_time, uid)}: a table
 * function that returns each row of a table with an earlier one of its partition in the column
 * {@code earlier_row}, which is NULL if there is none. LAG, LAST and ISFIRST are expressions of it.
 *
 * <p>The input has ORDER BY its event time, and PARTITION BY if there are keys; rows of the same
 * time are in the order of their arrival, and late rows are left out. {@code limit_duration} is the
 * greatest age of the earlier row, inclusive. {@code row_offset} is how many rows it is earlier, 1
 * by default. {@code when_true} names a BOOLEAN column: rows in which it is not true do not count
 * as earlier ones. With {@code aligned}, the earlier row must be in the same interval of {@code
 * limit_duration} instead; intervals exclude their start, include their end, and are counted from
 * 1970-01-01.
 *
 * <p>State: {@code row_offset} rows for each partition, until the last one is older than {@code
 * limit_duration}.
 *
 * <pre>{@code
 * SELECT device, v, earlier_row.v AS previous, rowtime
 * FROM EARLIER_ROW(
 *   input => TABLE readings PARTITION BY device ORDER BY ts,
 *   limit_duration => INTERVAL '5' MINUTE,
 *   on_time => DESCRIPTOR(ts),
 *   uid => 'previous')
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/lag-azure-stream-analytics">LAG</a>
 */
public final class EarlierRow extends ProcessTableFunction<Row> {
  /** The column that the function adds. */
  public static final String COLUMN = "earlier_row";

  private static final int ROWS = 1;

  /** Called for each row, in the order of event time. */
  public void eval(
      Context context,
      Row memory,
      Row input,
      Duration limitDuration,
      Integer rowOffset,
      ColumnList whenTrue,
      Boolean aligned) {
    TimeContext<Long> time = context.timeContext(Long.class);
    int offset = rowOffset == null ? 1 : rowOffset;
    List<Row> rows =
        kept(memory, time.time(), limitDuration.toMillis(), Boolean.TRUE.equals(aligned));
    Row earlier = rows.size() < offset ? null : rows.get(rows.size() - offset).getFieldAs(1);
    collect(InputColumns.of(context.tableSemanticsFor("input")).passedOn(input, earlier));
    if (whenTrue == null || Boolean.TRUE.equals(input.getField(whenTrue.getNames().get(0)))) {
      rows.add(Row.of(time.time(), input));
      List<Row> last = rows.subList(Math.max(0, rows.size() - offset), rows.size());
      memory.setField(ROWS, last.toArray(Row[]::new));
      Expiry.keepUntil(time.time() + limitDuration.toMillis(), memory, time);
    }
  }

  private static List<Row> kept(Row memory, long now, long limit, boolean aligned) {
    List<Row> rows = new ArrayList<>();
    Row[] all = memory.getFieldAs(ROWS);
    for (Row row : all == null ? new Row[0] : all) {
      long at = row.getFieldAs(0);
      if (aligned ? interval(at, limit) == interval(now, limit) : at >= now - limit) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static long interval(long time, long length) {
    return Math.floorDiv(time - 1, length);
  }

  /** Forgets a partition whose rows are all too old. */
  public void onTimer(OnTimerContext context, Row memory) {
    Expiry.onTimer(context, memory);
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    LinkedHashMap<String, StateTypeStrategy> state = new LinkedHashMap<>();
    state.put("memory", StateTypeStrategy.of(call -> Optional.of(memory(call))));
    return TypeInference.newBuilder()
        .staticArguments(
            TemporalArguments.input(),
            TemporalArguments.duration("limit_duration"),
            StaticArgument.scalar("row_offset", DataTypes.INT(), true),
            StaticArgument.scalar("when_true", DataTypes.DESCRIPTOR(), true),
            StaticArgument.scalar("aligned", DataTypes.BOOLEAN(), true))
        .stateTypeStrategies(state)
        .outputTypeStrategy(call -> Optional.of(output(call)))
        .build();
  }

  private static DataType memory(CallContext call) {
    DataType row = InputColumns.of(call, COLUMN).row();
    DataType timed =
        DataTypes.ROW(DataTypes.FIELD("at", DataTypes.BIGINT()), DataTypes.FIELD("row", row));
    return DataTypes.ROW(
        DataTypes.FIELD("expires", DataTypes.BIGINT()),
        DataTypes.FIELD("rows", DataTypes.ARRAY(timed)));
  }

  private static DataType output(CallContext call) {
    InputColumns columns = InputColumns.of(call, COLUMN);
    check(call, columns);
    List<DataTypes.Field> fields = new ArrayList<>(columns.passedOn());
    fields.add(DataTypes.FIELD(COLUMN, columns.row()));
    return DataTypes.ROW(fields);
  }

  private static void check(CallContext call, InputColumns columns) {
    TemporalArguments.checkOrder(call);
    TemporalArguments.checkDuration(call, 1, "limit_duration");
    if (!call.isArgumentNull(2) && call.getArgumentValue(2, Integer.class).orElse(0) < 1) {
      throw call.newValidationError("'row_offset' must be 1 or more.");
    }
    call.getArgumentValue(3, ColumnList.class)
        .filter(
            column -> column.getNames().size() != 1 || !columns.isBoolean(column.getNames().get(0)))
        .ifPresent(
            column -> {
              throw call.newValidationError("'when_true' must name one BOOLEAN column.");
            });
  }
}
