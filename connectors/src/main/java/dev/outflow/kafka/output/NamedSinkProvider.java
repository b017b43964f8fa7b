package dev.outflow.kafka.output;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.data.RowData;

/**
 * Adds a sink with a stable operator name and uid.
 *
 * @param uid identifies its state in savepoints
 */
record NamedSinkProvider(String name, String uid, Sink<RowData> sink)
    implements DataStreamSinkProvider {
  @Override
  public DataStreamSink<?> consumeDataStream(ProviderContext provider, DataStream<RowData> rows) {
    // The parallelism of the rows: a shuffle would reorder records of the same key.
    return rows.sinkTo(sink).name(name).uid(uid).setParallelism(rows.getParallelism());
  }
}
