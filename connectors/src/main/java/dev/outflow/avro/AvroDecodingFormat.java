package dev.outflow.avro;

import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/** Reads rows like Flink's {@code avro}, but each record on its own. */
public record AvroDecodingFormat(boolean legacyTimestamps)
    implements DecodingFormat<DeserializationSchema<RowData>> {
  /**
   * Replaces Flink's decoding format if it is binary Avro, and returns others unchanged.
   *
   * @param options the table's options, completed with the defaults of its format
   */
  public static DecodingFormat<DeserializationSchema<RowData>> replace(
      DecodingFormat<DeserializationSchema<RowData>> flink,
      String format,
      Map<String, String> options) {
    return format.equals(AvroFormat.NAME) && AvroFormat.isBinary(options)
        ? new AvroDecodingFormat(AvroFormat.hasLegacyTimestamps(options))
        : flink;
  }

  @Override
  public DeserializationSchema<RowData> createRuntimeDecoder(
      DynamicTableSource.Context context, DataType rows) {
    return AvroRowDeserializer.create(context, rows, legacyTimestamps, AvroRecordDeserializer::new);
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }
}
