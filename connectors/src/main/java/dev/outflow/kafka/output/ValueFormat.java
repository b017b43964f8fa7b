package dev.outflow.kafka.output;

import dev.outflow.format.DirectFormat;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * How rows are written.
 *
 * @param name as in the option {@code format}
 * @param streamed the same as {@code encoding}, if it need not be asked
 * @param json how a row that it cannot write is written for people
 */
record ValueFormat(
    String name,
    EncodingFormat<SerializationSchema<RowData>> encoding,
    Optional<DirectFormat> streamed,
    EncodingFormat<SerializationSchema<RowData>> json) {

  /** What writes values. */
  SerializationSchema<RowData> encoder(DynamicTableSink.Context context, DataType row) {
    SerializationSchema<RowData> flink = encoding.createRuntimeEncoder(context, row);
    return streamed.map(it -> it.like(flink, (RowType) row.getLogicalType())).orElse(flink);
  }
}
