package dev.outflow.example;

import dev.outflow.transformation.Transformation;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

/**
 * Removes duplicate orders: an example of a transformation that uses the DataStream API with keyed
 * state.
 *
 * <p>Drops an order that arrives again within an hour of the first.
 */
public final class DistinctOrders implements Transformation {
  private static final Duration RETENTION = Duration.ofHours(1);

  @Override
  public Map<String, Table> apply(StreamTableEnvironment tables) {
    DataStream<Row> orders = tables.toDataStream(tables.from("orders"));
    DataStream<Row> distinct =
        orders
            .keyBy(order -> order.<String>getFieldAs("order_id"))
            .filter(new FirstOfKey())
            .name("distinct")
            .uid("distinct"); // Identifies the state in a savepoint.
    return Map.of("distinct_orders", tables.fromDataStream(distinct));
  }

  /** Passes the first order of each key. */
  private static final class FirstOfKey extends RichFilterFunction<Row> {
    private static final long serialVersionUID = 1;

    private transient ValueState<Boolean> seen;

    @Override
    public void open(OpenContext context) {
      ValueStateDescriptor<Boolean> descriptor = new ValueStateDescriptor<>("seen", Boolean.class);
      descriptor.enableTimeToLive(StateTtlConfig.newBuilder(RETENTION).build());
      seen = getRuntimeContext().getState(descriptor);
    }

    @Override
    public boolean filter(Row order) throws Exception {
      boolean first = seen.value() == null;
      if (first) {
        seen.update(true);
      }
      return first;
    }
  }
}
