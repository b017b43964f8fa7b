package dev.outflow.avro;

import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.formats.avro.AvroFormatOptions;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/** How Flink's {@code avro} reads rows, but each record by itself. */
public record AvroDecodingFormat(boolean legacyTimestamps)
    implements DecodingFormat<DeserializationSchema<RowData>> {
  private static final String AVRO = "avro";

  /**
   * In place of {@code flink}, if that is Avro in binary form.
   *
   * @param options of the table, with the defaults of its format
   */
  public static DecodingFormat<DeserializationSchema<RowData>> insteadOf(
      DecodingFormat<DeserializationSchema<RowData>> flink,
      String format,
      Map<String, String> options) {
    Configuration ofFormat = new Configuration();
    options.forEach(
        (key, value) -> {
          if (key.startsWith(AVRO + ".")) {
            ofFormat.setString(key.substring(AVRO.length() + 1), value);
          }
        });
    return format.equals(AVRO) && isBinary(ofFormat)
        ? new AvroDecodingFormat(ofFormat.get(AvroFormatOptions.AVRO_TIMESTAMP_LEGACY_MAPPING))
        : flink;
  }

  private static boolean isBinary(ReadableConfig format) {
    return format.get(AvroFormatOptions.AVRO_ENCODING) == AvroFormatOptions.AvroEncoding.BINARY;
  }

  @Override
  public DeserializationSchema<RowData> createRuntimeDecoder(
      DynamicTableSource.Context context, DataType rows) {
    return AvroRowDeserializer.decoder(
        context, rows, legacyTimestamps, AvroRecordDeserializer::new);
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }
}
