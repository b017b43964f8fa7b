package dev.outflow.kafka.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.types.DataType;

/**
 * Serializes bad rows as JSON for dead letters: values that cannot be serialized become null, and
 * columns of unsupported types are omitted.
 */
final class LenientJsonSerializer implements SerializationSchema<RowData> {
  private static final long serialVersionUID = 1;
  private static final byte[] EMPTY = "{}".getBytes(UTF_8);

  /** Writes null keys of maps as text instead of failing. */
  private static final Map<String, String> LENIENT = Map.of("map-null-key.mode", "LITERAL");

  private final RowSchema schema;
  private final int[] supported;
  private final SerializationSchema<RowData> json;

  private LenientJsonSerializer(
      RowSchema schema, int[] supported, SerializationSchema<RowData> json) {
    this.schema = schema;
    this.supported = supported;
    this.json = json;
  }

  /** Finds the format for {@link #of} when the table is planned. */
  static EncodingFormat<SerializationSchema<RowData>> format(DynamicTableFactory.Context table) {
    return FlinkJsonFormat.find(table, LENIENT);
  }

  static LenientJsonSerializer of(
      EncodingFormat<SerializationSchema<RowData>> format,
      DynamicTableSink.Context context,
      DataType row) {
    RowSchema schema = RowSchema.of(row);
    int[] supported =
        IntStream.range(0, schema.count())
            .filter(
                column ->
                    isSupported(format, context, Projection.of(new int[] {column}).project(row)))
            .toArray();
    return new LenientJsonSerializer(
        schema,
        supported,
        new ReopeningSerializer(
            format.createRuntimeEncoder(context, Projection.of(supported).project(row))));
  }

  private static boolean isSupported(
      EncodingFormat<SerializationSchema<RowData>> format,
      DynamicTableSink.Context context,
      DataType column) {
    try {
      format.createRuntimeEncoder(context, column);
      return true;
    } catch (UnsupportedOperationException | TableException e) {
      return false;
    }
  }

  @Override
  public void open(InitializationContext context) throws Exception {
    json.open(context);
  }

  @Override
  public byte[] serialize(RowData row) {
    try {
      return json.serialize(schema.project(row, supported));
    } catch (RowSerializationException e) {
      return columnByColumn(row);
    }
  }

  private byte[] columnByColumn(RowData row) {
    int[] good = Arrays.stream(supported).filter(column -> succeeds(row, column)).toArray();
    try {
      return serialize(row, column -> Arrays.binarySearch(good, column) >= 0);
    } catch (RowSerializationException e) {
      return EMPTY;
    }
  }

  private boolean succeeds(RowData row, int column) {
    try {
      serialize(row, at -> at == column);
      return true;
    } catch (RowSerializationException e) {
      return false;
    }
  }

  private byte[] serialize(RowData row, IntPredicate retained) {
    return json.serialize(schema.project(schema.retain(row, retained), supported));
  }
}
