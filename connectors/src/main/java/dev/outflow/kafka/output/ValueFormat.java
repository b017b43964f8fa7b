package dev.outflow.kafka.output;

import java.util.function.BiFunction;
import java.util.function.Supplier;
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
 * @param writer returns the serializer of columns, given Flink's
 * @param json the format of bad rows in dead letters
 */
record ValueFormat(
    String name,
    EncodingFormat<SerializationSchema<RowData>> encoding,
    BiFunction<RowType, Supplier<SerializationSchema<RowData>>, SerializationSchema<RowData>>
        writer,
    EncodingFormat<SerializationSchema<RowData>> json) {

  /** Returns the serializer of values. */
  SerializationSchema<RowData> serializer(DynamicTableSink.Context context, DataType row) {
    return writer.apply(
        (RowType) row.getLogicalType(), () -> encoding.createRuntimeEncoder(context, row));
  }
}
