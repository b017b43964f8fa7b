package dev.outflow.avro;

import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.avro.AvroRowDataDeserializationSchema;
import org.apache.flink.formats.avro.AvroToRowDataConverters;
import org.apache.flink.formats.avro.typeutils.AvroSchemaConverter;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** Creates deserializers of Avro records that map them to rows like Flink's {@code avro}. */
public final class AvroRowDeserializer {
  private AvroRowDeserializer() {}

  /**
   * Creates a deserializer of rows.
   *
   * @param records creates the deserializer of records, given the table's schema
   * @param legacyTimestamps {@code avro.timestamp_mapping.legacy}
   */
  public static DeserializationSchema<RowData> create(
      DynamicTableSource.Context context,
      DataType rows,
      boolean legacyTimestamps,
      Function<Schema, DeserializationSchema<GenericRecord>> records) {
    RowType row = (RowType) rows.getLogicalType().copy(false);
    TypeInformation<RowData> type = context.createTypeInformation(rows);
    return new AvroRowDataDeserializationSchema(
        records.apply(AvroSchemaConverter.convertToSchema(row, legacyTimestamps)),
        AvroToRowDataConverters.createRowConverter(row, legacyTimestamps),
        type);
  }
}
