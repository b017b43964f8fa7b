package dev.outflow.kafka.input;

import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.formats.avro.AvroFormatOptions;
import org.apache.flink.formats.avro.AvroRowDataDeserializationSchema;
import org.apache.flink.formats.avro.AvroToRowDataConverters;
import org.apache.flink.formats.avro.typeutils.AvroSchemaConverter;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** How Flink's {@code avro} reads rows, but each record by itself. */
record AvroDecoding(boolean legacyTimestamps)
    implements DecodingFormat<DeserializationSchema<RowData>> {
  private static final String AVRO = "avro";

  /**
   * In place of {@code flink}, if that is Avro in binary form.
   *
   * @param options of the table, with the defaults of its format
   */
  static DecodingFormat<DeserializationSchema<RowData>> insteadOf(
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
        ? new AvroDecoding(ofFormat.get(AvroFormatOptions.AVRO_TIMESTAMP_LEGACY_MAPPING))
        : flink;
  }

  private static boolean isBinary(ReadableConfig format) {
    return format.get(AvroFormatOptions.AVRO_ENCODING) == AvroFormatOptions.AvroEncoding.BINARY;
  }

  @Override
  public DeserializationSchema<RowData> createRuntimeDecoder(
      DynamicTableSource.Context context, DataType rows) {
    RowType row = (RowType) rows.getLogicalType().copy(false);
    TypeInformation<RowData> type = context.createTypeInformation(rows);
    return new AvroRowDataDeserializationSchema(
        new AvroRecordDeserializer(AvroSchemaConverter.convertToSchema(row, legacyTimestamps)),
        AvroToRowDataConverters.createRowConverter(row, legacyTimestamps),
        type);
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }
}
