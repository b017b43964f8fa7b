package dev.outflow.kafka.output;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.connector.Projection;
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
 * @param flattened the position of the column whose fields are written flat, if there is one
 * @param json the format of bad rows in dead letters
 */
record ValueFormat(
    String name,
    EncodingFormat<SerializationSchema<RowData>> encoding,
    BiFunction<RowType, Supplier<SerializationSchema<RowData>>, SerializationSchema<RowData>>
        writer,
    Optional<Integer> flattened,
    EncodingFormat<SerializationSchema<RowData>> json) {

  /** Returns the serializer of values, which throws {@link RowSerializationException} only. */
  SerializationSchema<RowData> serializer(DynamicTableSink.Context context, DataType row) {
    if (flattened.isEmpty()) {
      return plain(context, row);
    }
    List<String> names = DataType.getFieldNames(row);
    int column = flattened.get();
    DataType others = Projection.of(FlatteningSerializer.others(names.size(), column)).project(row);
    return new FlatteningSerializer(plain(context, others), names, column);
  }

  private SerializationSchema<RowData> plain(DynamicTableSink.Context context, DataType row) {
    return new ReopeningSerializer(
        writer.apply(
            (RowType) row.getLogicalType(), () -> encoding.createRuntimeEncoder(context, row)));
  }
}
