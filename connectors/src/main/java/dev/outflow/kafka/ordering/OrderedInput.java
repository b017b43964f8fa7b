package dev.outflow.kafka.ordering;

import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.table.data.RowData;

/**
 * An input whose records are ordered as they are read: the watermarks for its source, and what
 * follows right behind that.
 *
 * @param name the input's name
 * @param rows what is where in its rows
 */
public record OrderedInput(String name, EventTimeSettings settings, RowLayout rows) {

  /** For the source of {@link #order}. */
  public WatermarkStrategy<Tuple2<Integer, RowData>> watermarks() {
    return PartitionWatermarks.strategy(rows, settings.ordering(), settings.idleAfter());
  }

  /**
   * The rows, each in its place.
   *
   * @param read the source, with {@link #watermarks}
   * @param type of the rows
   * @param uid of the operator, by which a savepoint finds the clocks
   */
  public DataStream<RowData> order(
      DataStream<Tuple2<Integer, RowData>> read,
      TypeInformation<RowData> type,
      Optional<String> uid) {
    SingleOutputStreamOperator<RowData> ordered =
        read.process(new OrderingFunction("input '%s'".formatted(name), settings.ordering(), rows))
            .returns(type)
            .name(name + ": event order");
    uid.ifPresent(ordered::uid);
    return ordered;
  }
}
