package dev.outflow.kafka.ordering;

import dev.outflow.kafka.TopicSubscription;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.table.data.RowData;

/**
 * Orders an input's records by event time: the watermark strategy for its source and the operator
 * that directly follows it.
 *
 * @param name the input's name
 * @param topics the topics that it reads
 * @param layout the positions of columns in its rows
 */
public record OrderingOperator(
    String name, TopicSubscription topics, EventTimeSettings settings, RowLayout layout) {
  /** The counter of the records that it adjusts or drops, one for each {@code code}. */
  public static final String METRIC = "adjusted-or-dropped-records";

  /** Returns the name of the operator of an input, as metrics have it. */
  public static String operatorName(String input) {
    return input + ": event order";
  }

  /** The strategy for the source that {@link #apply} is given. */
  public WatermarkStrategy<Tuple2<String, RowData>> watermarks() {
    return PartitionWatermarks.strategy(layout, settings.ordering());
  }

  /**
   * Returns the rows with their event time adjusted, without those that the policy drops.
   *
   * @param source rows with their partition, with {@link #watermarks}
   * @param type the rows' type
   * @param uid the operator's uid, which maps its state in a savepoint
   */
  public DataStream<RowData> apply(
      DataStream<Tuple2<String, RowData>> source,
      TypeInformation<RowData> type,
      Optional<String> uid) {
    SingleOutputStreamOperator<RowData> ordered =
        source
            .process(
                new OrderingFunction(
                    "input '%s'".formatted(name), topics, settings.ordering(), layout))
            .returns(type)
            .name(operatorName(name));
    uid.ifPresent(ordered::uid);
    return ordered;
  }
}
