package dev.outflow.kafka.ordering;

import dev.outflow.kafka.TopicSubscription;
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
 * Adjusts the event time of each row to its partition's clock, or drops the row, depending on the
 * policy. It directly follows the source, whose watermarks come from {@link PartitionWatermarks}:
 * with {@link OrderingPolicy#ADJUST} no row gets a time that a watermark has already passed.
 *
 * <p>Its state is one {@link PartitionClock} per partition.
 */
final class OrderingFunction extends ProcessFunction<Tuple2<String, RowData>, RowData>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;
  private static final String STATE = "partition-clocks";

  private final String input;
  private final TopicSubscription topics;
  private final EventOrdering ordering;
  private final RowLayout layout;

  private transient PartitionClocks clocks;
  private transient ListState<long[]> state;
  private transient OrderingReport report;

  /**
   * @param input as logged, e.g. {@code input 'orders'}
   * @param layout the positions of columns in a row
   */
  OrderingFunction(
      String input, TopicSubscription topics, EventOrdering ordering, RowLayout layout) {
    this.input = input;
    this.topics = topics;
    this.ordering = ordering;
    this.layout = layout;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    clocks = new PartitionClocks(ordering, topics);
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
            input, ordering, getRuntimeContext().getMetricGroup(), Clock.systemUTC());
  }

  @Override
  public void processElement(
      Tuple2<String, RowData> element, Context context, Collector<RowData> out) {
    RowData row = element.f1;
    if (layout.isBad(row)) {
      out.collect(row);
      return;
    }
    long event = layout.time(row);
    long arrival = context.timestamp();
    long earliest = firstAfter(context.timerService().currentWatermark());
    AdjustedTime adjusted = clocks.of(element.f0).adjust(event, arrival, earliest);
    if (adjusted.reason().isEmpty()) {
      out.collect(layout.unchanged(row));
      return;
    }
    report.record(adjusted, element.f0, event, arrival);
    if (ordering.policy() == OrderingPolicy.ADJUST) {
      out.collect(layout.withTime(adjusted.time(), row));
    }
  }

  private static long firstAfter(long watermark) {
    return watermark == Long.MIN_VALUE ? PartitionClock.NONE : watermark + 1;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    boolean isFirst = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    state.update(clocks.snapshot(isFirst));
  }
}
