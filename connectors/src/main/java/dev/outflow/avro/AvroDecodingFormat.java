package dev.outflow.avro;

import dev.outflow.option.PrefixedOptions;
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

/** Reads rows like Flink's {@code avro}, but each record on its own. */
public record AvroDecodingFormat(boolean legacyTimestamps)
    implements DecodingFormat<DeserializationSchema<RowData>> {
  private static final String AVRO = "avro";

  /**
   * Replaces Flink's decoding format if it is binary Avro, and returns others unchanged.
   *
   * @param options the table's options, completed with the defaults of its format
   */
  public static DecodingFormat<DeserializationSchema<RowData>> replace(
      DecodingFormat<DeserializationSchema<RowData>> flink,
      String format,
      Map<String, String> options) {
    Configuration avro = Configuration.fromMap(PrefixedOptions.of(options, AVRO + "."));
    return format.equals(AVRO) && isBinary(avro)
        ? new AvroDecodingFormat(avro.get(AvroFormatOptions.AVRO_TIMESTAMP_LEGACY_MAPPING))
        : flink;
  }

  private static boolean isBinary(ReadableConfig format) {
    return format.get(AvroFormatOptions.AVRO_ENCODING) == AvroFormatOptions.AvroEncoding.BINARY;
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
