package ${package};

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

/** Drops an order that repeats within an hour. */
public final class DistinctOrders implements Transformation {
  @Override
  public Map<String, Table> apply(StreamTableEnvironment tables) {
    DataStream<Row> distinct =
        tables
            .toDataStream(tables.from("orders"))
            .keyBy(order -> order.<String>getFieldAs("order_id"))
            .filter(new FirstPerKey())
            .name("distinct")
            .uid("distinct"); // Identifies the state in savepoints.
    return Map.of("distinct_orders", tables.fromDataStream(distinct));
  }

  private static final class FirstPerKey extends RichFilterFunction<Row> {
    private transient ValueState<Boolean> seen;

    @Override
    public void open(OpenContext context) {
      ValueStateDescriptor<Boolean> descriptor = new ValueStateDescriptor<>("seen", Boolean.class);
      descriptor.enableTimeToLive(StateTtlConfig.newBuilder(Duration.ofHours(1)).build());
      seen = getRuntimeContext().getState(descriptor);
    }

    @Override
    public boolean filter(Row order) throws Exception {
      boolean first = seen.value() == null;
      seen.update(true);
      return first;
    }
  }
}
