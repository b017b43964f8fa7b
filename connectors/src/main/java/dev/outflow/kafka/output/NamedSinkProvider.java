package dev.outflow.kafka.output;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.data.RowData;

/**
 * A table's sink under a name and an id of its own, by which people and savepoints find it.
 *
 * @param uid of its operators; another one is another sink to a savepoint
 */
record NamedSinkProvider(String name, String uid, Sink<RowData> sink)
    implements DataStreamSinkProvider {
  @Override
  public DataStreamSink<?> consumeDataStream(ProviderContext provider, DataStream<RowData> rows) {
    // The parallelism of the rows, so that no shuffle disturbs the order of a key.
    return rows.sinkTo(sink).name(name).uid(uid).setParallelism(rows.getParallelism());
  }
}
