package dev.outflow.functions.temporal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
 * {@code SPIKE_AND_DIP(input, observed_value, confidence, history_size, limit_duration, when_true,
 * mode, on_time, uid)}: a table function that returns each row of a table with the column {@code
 * anomaly}, which tells whether a value is far above or below those before it: {@code Score} is the
 * probability of such a value, from 0 to 1, and {@code IsAnomaly} is 1 if it is at most 1 minus
 * {@code confidence} percent, else 0.
 *
 * <p>A value is compared with the last {@code history_size} ones of its partition that are not
 * older than {@code limit_duration}. Their distribution is estimated with a Gaussian kernel around
 * each of them, as wide as their standard deviation. {@code IsAnomaly} is 0 until the history has
 * that many values, or lasts that long. {@code mode} is 'spikes', 'dips' or 'spikesanddips'; the
 * score of the last is 0.5 at most. Rows whose {@code observed_value} is NULL, or in which the
 * BOOLEAN column that {@code when_true} names is not true, have NULL and are not compared with.
 *
 * <p>The input has ORDER BY its event time, and PARTITION BY if there are keys; late rows are left
 * out. {@code confidence} is a DOUBLE literal from 1 to 100. State: {@code history_size} values and
 * times for each partition, until the last one is older than {@code limit_duration}. The cost of a
 * row grows with {@code history_size}.
 *
 * <pre>{@code
 * SELECT device, temperature, anomaly.IsAnomaly, anomaly.Score, rowtime
 * FROM SPIKE_AND_DIP(
 *   input => TABLE readings PARTITION BY device ORDER BY ts,
 *   observed_value => DESCRIPTOR(temperature),
 *   confidence => 95E0,
 *   history_size => 120,
 *   limit_duration => INTERVAL '2' MINUTE,
 *   mode => 'spikesanddips',
 *   on_time => DESCRIPTOR(ts),
 *   uid => 'spikes')
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/anomalydetection-spikeanddip-azure-stream-analytics">AnomalyDetection_SpikeAndDip</a>
 */
public final class SpikeAndDip extends ProcessTableFunction<Row> {
  /** The column that the function adds. */
  public static final String COLUMN = AnomalyArguments.COLUMN;

  private static final int MODE = 6;
  private static final Set<String> MODES = Set.of("spikes", "dips", "spikesanddips");

  /** Called for each row, in the order of event time. */
  public void eval(
      Context context,
      Row memory,
      Row input,
      ColumnList observedValue,
      Double confidence,
      Integer historySize,
      Duration limitDuration,
      ColumnList whenTrue,
      String mode) {
    TimeContext<Long> time = context.timeContext(Long.class);
    History history = new History(memory, historySize, limitDuration);
    Row anomaly = null;
    Optional<Double> current = AnomalyArguments.value(input, observedValue, whenTrue);
    if (current.isPresent()) {
      double score = score(current.get(), history.series(0, time.time()), mode);
      boolean isUnlikely = score <= 1 - confidence / 100;
      anomaly = AnomalyArguments.anomaly(isUnlikely && history.isComplete(time.time()), score);
      history.add(time, current.get());
    }
    collect(InputColumns.of(context.tableSemanticsFor("input")).passedOn(input, anomaly));
  }

  private static double score(double value, double[] history, String mode) {
    return switch (mode) {
      case "spikes" -> KernelDensity.above(value, history);
      case "dips" -> 1 - KernelDensity.above(value, history);
      default -> KernelDensity.beyond(value, history);
    };
  }

  /** Forgets a partition whose values are all too old. */
  public void onTimer(OnTimerContext context, Row memory) {
    Expiry.onTimer(context, memory);
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    List<StaticArgument> arguments = new ArrayList<>(AnomalyArguments.common());
    arguments.add(StaticArgument.scalar("mode", DataTypes.STRING(), false));
    LinkedHashMap<String, StateTypeStrategy> state = new LinkedHashMap<>();
    state.put(
        "memory",
        StateTypeStrategy.of(call -> Optional.of(DataTypes.ROW(History.fields("values")))));
    return TypeInference.newBuilder()
        .staticArguments(arguments)
        .stateTypeStrategies(state)
        .outputTypeStrategy(call -> Optional.of(output(call)))
        .build();
  }

  private static DataType output(CallContext call) {
    if (call.getArgumentValue(MODE, String.class).filter(MODES::contains).isEmpty()) {
      throw call.newValidationError("'mode' must be 'spikes', 'dips' or 'spikesanddips'.");
    }
    return AnomalyArguments.output(call);
  }
}
