package dev.outflow.avro;

import dev.outflow.format.reader.MessageReader;
import dev.outflow.kafka.option.RegistryOptions;
import dev.outflow.option.PrefixedOptions;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.formats.avro.AvroFormatOptions;
import org.apache.flink.formats.avro.AvroFormatOptions.AvroEncoding;
import org.apache.flink.formats.avro.typeutils.AvroSchemaConverter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;

/** What Outflow reads and writes of {@code avro}; all else stays with Flink's format. */
public final class AvroFormat {
  public static final String NAME = "avro";

  private AvroFormat() {}

  /** Returns whether values of all columns can be read from records of any schema. */
  public static boolean supports(RowType columns) {
    return AvroTypes.supports(columns);
  }

  /**
   * Returns the schema that Flink derives from columns of supported types; empty if it cannot,
   * which its format reports.
   */
  public static Optional<Schema> schema(RowType columns, boolean legacyTimestamps) {
    if (!AvroTypes.supports(columns)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          AvroSchemaConverter.convertToSchema(columns.copy(false), legacyTimestamps));
    } catch (IllegalArgumentException | UnsupportedOperationException | AvroRuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the reader of a table's records, which have the schema of its columns.
   *
   * @param options the options of the table
   */
  public static Optional<MessageReader> reader(Map<String, String> options, RowType columns) {
    return schema(options, columns).map(schema -> new AvroMessageReader(schema, columns));
  }

  /**
   * Returns the serializer of a table.
   *
   * @param options the options of the table
   */
  public static Optional<SerializationSchema<RowData>> serializer(
      Map<String, String> options, RowType columns) {
    return schema(options, columns).map(schema -> new AvroSerializer(schema, columns));
  }

  /** Returns whether Outflow writes timestamps of a table with microseconds. */
  static boolean hasMicroseconds(Map<String, String> options) {
    return isBinary(options) && !hasLegacyTimestamps(options);
  }

  private static Optional<Schema> schema(Map<String, String> options, RowType columns) {
    return isBinary(options) ? schema(columns, hasLegacyTimestamps(options)) : Optional.empty();
  }

  static boolean isBinary(Map<String, String> options) {
    return avro(options).get(AvroFormatOptions.AVRO_ENCODING) == AvroEncoding.BINARY;
  }

  static boolean hasLegacyTimestamps(Map<String, String> options) {
    return !options.getOrDefault(FactoryUtil.FORMAT.key(), "").equals(RegistryOptions.FORMAT)
        && avro(options).get(AvroFormatOptions.AVRO_TIMESTAMP_LEGACY_MAPPING);
  }

  private static Configuration avro(Map<String, String> options) {
    return Configuration.fromMap(PrefixedOptions.of(options, NAME + "."));
  }
}
