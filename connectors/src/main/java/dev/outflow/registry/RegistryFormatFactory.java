package dev.outflow.registry;

import dev.outflow.avro.AvroRowDeserializer;
import dev.outflow.kafka.option.RegistryOptions;
import dev.outflow.option.InvalidOptionsException;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.formats.avro.AvroFormatOptions.AvroEncoding;
import org.apache.flink.formats.avro.AvroRowDataSerializationSchema;
import org.apache.flink.formats.avro.typeutils.AvroSchemaConverter;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The format {@code avro-confluent}: Avro with a schema registry that implements Confluent's API.
 * Flink's own adds 23 MB, and its classes conflict with those of {@code avro}
 * (docs/decisions/0013).
 */
public final class RegistryFormatFactory
    implements SerializationFormatFactory, DeserializationFormatFactory {
  public static final String IDENTIFIER = RegistryOptions.FORMAT;

  /** TIMESTAMP_LTZ is an instant and TIMESTAMP a local time, as for {@code avro} in Outflow. */
  static final boolean LEGACY_TIMESTAMPS = false;

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(RegistryOptions.URL);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(
        RegistryOptions.SUBJECT,
        RegistryOptions.USER_INFO,
        RegistryOptions.USER_SOURCE,
        RegistryOptions.TOKEN,
        RegistryOptions.TOKEN_SOURCE,
        RegistryOptions.KEY_VAULT_CREDENTIAL);
  }

  /** Returns the schema of rows of this type. */
  public static Schema schema(LogicalType row) {
    return AvroSchemaConverter.convertToSchema(row.copy(false), LEGACY_TIMESTAMPS);
  }

  @Override
  public EncodingFormat<SerializationSchema<RowData>> createEncodingFormat(
      DynamicTableFactory.Context table, ReadableConfig options) {
    FactoryUtil.validateFactoryOptions(this, options);
    String subject =
        options
            .getOptional(RegistryOptions.SUBJECT)
            .orElseThrow(
                () ->
                    InvalidOptionsException.of(
                        IDENTIFIER + "." + RegistryOptions.SUBJECT.key(),
                        "is required; only Kafka tables have a default"));
    return new Encoding(registry(options), subject);
  }

  @Override
  public DecodingFormat<DeserializationSchema<RowData>> createDecodingFormat(
      DynamicTableFactory.Context table, ReadableConfig options) {
    FactoryUtil.validateFactoryOptions(this, options);
    return new Decoding(registry(options));
  }

  static RegistryConnection registry(ReadableConfig options) {
    try {
      return RegistryConnection.of(options);
    } catch (RegistryException e) {
      throw e.forFormat(IDENTIFIER);
    }
  }

  private record Encoding(RegistryConnection registry, String subject)
      implements EncodingFormat<SerializationSchema<RowData>> {
    @Override
    public SerializationSchema<RowData> createRuntimeEncoder(
        DynamicTableSink.Context context, DataType rows) {
      RowType row = (RowType) rows.getLogicalType().copy(false);
      return new RegistryFlinkSerializer(
          new RegisteredSchema(registry, subject, schema(row)),
          new AvroRowDataSerializationSchema(row, AvroEncoding.BINARY, LEGACY_TIMESTAMPS));
    }

    @Override
    public ChangelogMode getChangelogMode() {
      return ChangelogMode.insertOnly();
    }
  }

  private record Decoding(RegistryConnection registry)
      implements DecodingFormat<DeserializationSchema<RowData>> {
    @Override
    public DeserializationSchema<RowData> createRuntimeDecoder(
        DynamicTableSource.Context context, DataType rows) {
      return AvroRowDeserializer.create(
          context, rows, LEGACY_TIMESTAMPS, schema -> new RegistryDeserializer(registry, schema));
    }

    @Override
    public ChangelogMode getChangelogMode() {
      return ChangelogMode.insertOnly();
    }
  }
}
