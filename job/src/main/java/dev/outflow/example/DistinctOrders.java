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
 * Each order once, though its producer may have sent it several times: an example of a
 * transformation that leaves SQL for the DataStream API, keeps state, and comes back.
 *
 * <p>An order that comes again within an hour of the first is left out.
 */
public final class DistinctOrders implements Transformation {
  private static final Duration REMEMBERED = Duration.ofHours(1);

  @Override
  public Map<String, Table> apply(StreamTableEnvironment tables) {
    DataStream<Row> orders = tables.toDataStream(tables.from("orders"));
    DataStream<Row> distinct =
        orders
            .keyBy(order -> order.<String>getFieldAs("order_id"))
            .filter(new FirstOfItsKey())
            .name("distinct")
            .uid("distinct"); // A savepoint finds the state by it.
    return Map.of("distinct_orders", tables.fromDataStream(distinct));
  }

  /** Passes what it has not seen under the current key. */
  private static final class FirstOfItsKey extends RichFilterFunction<Row> {
    private static final long serialVersionUID = 1;

    private transient ValueState<Boolean> seen;

    @Override
    public void open(OpenContext context) {
      ValueStateDescriptor<Boolean> descriptor = new ValueStateDescriptor<>("seen", Boolean.class);
      descriptor.enableTimeToLive(StateTtlConfig.newBuilder(REMEMBERED).build());
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
