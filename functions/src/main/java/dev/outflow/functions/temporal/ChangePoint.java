package dev.outflow.functions.temporal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.types.inference.StateTypeStrategy;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.ColumnList;
import org.apache.flink.types.Row;

/**
 * {@code CHANGE_POINT(input, observed_value, confidence, history_size, limit_duration, when_true,
 * on_time, uid)}: a table function that returns each row of a table with the column {@code
 * anomaly}, which tells whether values have changed for longer than a moment, such as their level:
 * {@code Score} grows exponentially while values differ from those before them, and {@code
 * IsAnomaly} is 1 at the row that shows the change, else 0.
 *
 * <p>Each value has the score p that {@code SPIKE_AND_DIP} computes for 'spikesanddips', of which
 * the power martingale makes the factor 0.1 / p^0.9. {@code Score} is the product of the last
 * {@code history_size} factors that are not older than {@code limit_duration}. {@code IsAnomaly} is
 * 1 if it is at least the product of as many factors with a p of 1 minus {@code confidence}
 * percent, unless another row of the history has 1. Missing values have a p of 0.5, as all values
 * have until the history has {@code history_size} of them or lasts {@code limit_duration}. Rows
 * whose {@code observed_value} is NULL, or in which the BOOLEAN column that {@code when_true} names
 * is not true, have NULL and do not count.
 *
 * <p>The input has ORDER BY its event time, and PARTITION BY if there are keys; late rows are left
 * out. {@code confidence} is a DOUBLE literal from 1 to 100. State: {@code history_size} values,
 * times and factors for each partition, until the last one is older than {@code limit_duration}.
 * The cost of a row grows with {@code history_size}.
 *
 * <pre>{@code
 * SELECT device, temperature, anomaly.IsAnomaly, anomaly.Score, rowtime
 * FROM CHANGE_POINT(
 *   input => TABLE readings PARTITION BY device ORDER BY ts,
 *   observed_value => DESCRIPTOR(temperature),
 *   confidence => 80E0,
 *   history_size => 1200,
 *   limit_duration => INTERVAL '20' MINUTE,
 *   on_time => DESCRIPTOR(ts),
 *   uid => 'changes')
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/anomalydetection-changepoint-azure-stream-analytics">AnomalyDetection_ChangePoint</a>
 */
public final class ChangePoint extends ProcessTableFunction<Row> {
  /** The column that the function adds. */
  public static final String COLUMN = AnomalyArguments.COLUMN;

  private static final int REPORTED = 5;

  /** Called for each row, in the order of event time. */
  public void eval(
      Context context,
      Row memory,
      Row input,
      ColumnList observedValue,
      Double confidence,
      Integer historySize,
      Duration limitDuration,
      ColumnList whenTrue) {
    Row anomaly = null;
    Optional<Double> current = AnomalyArguments.value(input, observedValue, whenTrue);
    if (current.isPresent()) {
      TimeContext<Long> time = context.timeContext(Long.class);
      long now = time.time();
      History history = new History(memory, historySize, limitDuration);
      boolean isComplete = history.isComplete(now);
      // A few values tell little about a distribution: the second one can be far from the first.
      double p = isComplete ? KernelDensity.beyond(current.get(), history.series(0, now)) : 0.5;
      history.add(time, current.get(), PowerMartingale.bet(p));
      double capital = PowerMartingale.capital(history.series(1, now), historySize);
      double threshold = 1 - confidence / 100;
      boolean isChange = capital >= historySize * PowerMartingale.bet(threshold);
      anomaly =
          AnomalyArguments.anomaly(
              isChange && isComplete && reports(memory, now, history.oldest(now)),
              Math.min(Math.exp(capital), Double.MAX_VALUE));
    }
    collect(InputColumns.of(context.tableSemanticsFor("input")).passedOn(input, anomaly));
  }

  /** Returns whether no row of the history has been reported, and notes that this one is. */
  private static boolean reports(Row memory, long now, long oldest) {
    Long reported = memory.getFieldAs(REPORTED);
    boolean isFirst = reported == null || reported < oldest;
    if (isFirst) {
      memory.setField(REPORTED, now);
    }
    return isFirst;
  }

  /** Forgets a partition whose values are all too old. */
  public void onTimer(OnTimerContext context, Row memory) {
    Expiry.onTimer(context, memory);
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    List<DataTypes.Field> fields = new ArrayList<>(History.fields("values", "bets"));
    fields.add(DataTypes.FIELD("reported", DataTypes.BIGINT()));
    LinkedHashMap<String, StateTypeStrategy> state = new LinkedHashMap<>();
    state.put("memory", StateTypeStrategy.of(call -> Optional.of(DataTypes.ROW(fields))));
    return TypeInference.newBuilder()
        .staticArguments(AnomalyArguments.common())
        .stateTypeStrategies(state)
        .outputTypeStrategy(call -> Optional.of(AnomalyArguments.output(call)))
        .build();
  }
}
