package dev.outflow.kafka.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Map;
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
 * A row as JSON, for people, as far as JSON can write it: what it cannot is null, and columns of a
 * type that it does not have are left out.
 */
final class LenientJsonSerializer implements SerializationSchema<RowData> {
  private static final long serialVersionUID = 1;
  private static final byte[] NOTHING = "{}".getBytes(UTF_8);

  /** A map's null key becomes a text, where it would fail otherwise. */
  private static final Map<String, String> LENIENT = Map.of("map-null-key.mode", "LITERAL");

  private final RowSchema columns;
  private final int[] written;
  private final SerializationSchema<RowData> json;

  private LenientJsonSerializer(
      RowSchema columns, int[] written, SerializationSchema<RowData> json) {
    this.columns = columns;
    this.written = written;
    this.json = json;
  }

  /** The format that {@link #of} needs, found when the table is planned. */
  static EncodingFormat<SerializationSchema<RowData>> format(DynamicTableFactory.Context table) {
    return FlinkJsonFormat.find(table, LENIENT);
  }

  static LenientJsonSerializer of(
      EncodingFormat<SerializationSchema<RowData>> format,
      DynamicTableSink.Context context,
      DataType row) {
    RowSchema columns = RowSchema.of(row);
    int[] written =
        IntStream.range(0, columns.count())
            .filter(
                column -> isOfJson(format, context, Projection.of(new int[] {column}).project(row)))
            .toArray();
    return new LenientJsonSerializer(
        columns,
        written,
        new ReopeningSerializer(
            format.createRuntimeEncoder(context, Projection.of(written).project(row))));
  }

  private static boolean isOfJson(
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
      return json.serialize(columns.cut(row, written));
    } catch (RowSerializationException e) {
      return columnByColumn(row);
    }
  }

  private byte[] columnByColumn(RowData row) {
    int[] good = Arrays.stream(written).filter(column -> isWritten(row, column)).toArray();
    try {
      return json.serialize(
          columns.cut(columns.only(row, it -> Arrays.binarySearch(good, it) >= 0), written));
    } catch (RowSerializationException e) {
      return NOTHING;
    }
  }

  private boolean isWritten(RowData row, int column) {
    try {
      json.serialize(columns.cut(columns.only(row, it -> it == column), written));
      return true;
    } catch (RowSerializationException e) {
      return false;
    }
  }
}
