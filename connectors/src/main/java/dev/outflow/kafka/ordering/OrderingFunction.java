package dev.outflow.kafka.ordering;

import java.time.Clock;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;

/**
 * Gives each row its place in the time of its partition, or leaves it out, as the policy says. It
 * stands right behind the source, whose watermarks are those of {@link PartitionWatermarks}: under
 * {@link OrderingPolicy#ADJUST} no row gets a time that a watermark has passed.
 *
 * <p>Its state is one {@link PartitionClock} for each partition.
 */
public final class OrderingFunction extends ProcessFunction<Tuple2<Integer, RowData>, RowData>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;
  private static final String STATE = "partition-clocks";

  private final String table;
  private final EventOrdering ordering;
  private final RowLayout rows;

  private transient PartitionClocks clocks;
  private transient ListState<long[]> state;
  private transient OrderingReport report;

  /**
   * @param table as {@code input 'orders'}
   * @param rows what is where in a row
   */
  OrderingFunction(String table, EventOrdering ordering, RowLayout rows) {
    this.table = table;
    this.ordering = ordering;
    this.rows = rows;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    clocks = new PartitionClocks(ordering);
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(
                    STATE, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
    clocks.restore(state.get());
  }

  @Override
  public void open(OpenContext context) {
    report =
        new OrderingReport(
            table, ordering, getRuntimeContext().getMetricGroup(), Clock.systemUTC());
  }

  @Override
  public void processElement(
      Tuple2<Integer, RowData> read, Context context, Collector<RowData> out) {
    RowData row = read.f1;
    if (rows.isBad(row)) {
      out.collect(row);
      return;
    }
    long event = rows.time(row);
    long arrival = context.timestamp();
    long floor = after(context.timerService().currentWatermark());
    AdjustedTime placed = clocks.of(read.f0).place(event, arrival, floor);
    if (placed.deviation().isEmpty()) {
      out.collect(rows.asItIs(row));
      return;
    }
    report.tell(placed, read.f0, event, arrival);
    if (ordering.policy() == OrderingPolicy.ADJUST) {
      out.collect(rows.at(placed.time(), row));
    }
  }

  private static long after(long watermark) {
    return watermark == Long.MIN_VALUE ? PartitionClock.NONE : watermark + 1;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    boolean first = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    state.update(clocks.snapshot(first));
  }
}
