package dev.outflow.kafka.output;

import dev.outflow.format.DirectFormat;
import dev.outflow.format.DirectFormats;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The format of an output's values.
 *
 * @param name the value of the option {@code format}
 * @param encoding Flink's implementation
 * @param direct Outflow's implementation with the same output, if it is to be used
 * @param json the format of bad rows in dead letters
 */
record ValueFormat(
    String name,
    EncodingFormat<SerializationSchema<RowData>> encoding,
    Optional<DirectFormat> direct,
    EncodingFormat<SerializationSchema<RowData>> json) {

  /** Returns the serializer of values. */
  SerializationSchema<RowData> serializer(DynamicTableSink.Context context, DataType row) {
    SerializationSchema<RowData> flink = encoding.createRuntimeEncoder(context, row);
    RowType type = (RowType) row.getLogicalType();
    return direct.map(format -> DirectFormats.serializer(format, flink, type)).orElse(flink);
  }
}
