package dev.outflow.registry;

import dev.outflow.avro.AvroFormat;
import dev.outflow.avro.AvroSerializer;
import dev.outflow.format.reader.MessageReader;
import dev.outflow.kafka.option.RegistryOptions;
import dev.outflow.option.PrefixedOptions;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * What Outflow reads and writes of {@code avro-confluent} without Flink's converters; all else
 * stays with {@link RegistryFormatFactory}.
 */
public final class RegistryFormat {
  private RegistryFormat() {}

  /**
   * Returns the reader of a table's records, whose schemas the registry has.
   *
   * @param options the options of the table
   */
  public static Optional<MessageReader> reader(Map<String, String> options, RowType columns) {
    return AvroFormat.supports(columns)
        ? Optional.of(
            new RegistryMessageReader(RegistryFormatFactory.registry(format(options)), columns))
        : Optional.empty();
  }

  /**
   * Returns the serializer of a table.
   *
   * @param options the options of the table
   */
  public static Optional<SerializationSchema<RowData>> serializer(
      Map<String, String> options, RowType columns) {
    Configuration format = format(options);
    return AvroFormat.schema(columns, RegistryFormatFactory.LEGACY_TIMESTAMPS)
        .map(
            schema ->
                new RegistrySerializer(
                    new RegisteredSchema(
                        RegistryFormatFactory.registry(format),
                        format.get(RegistryOptions.SUBJECT),
                        schema),
                    new AvroSerializer(schema, columns)));
  }

  private static Configuration format(Map<String, String> options) {
    return Configuration.fromMap(
        PrefixedOptions.of(options, RegistryFormatFactory.IDENTIFIER + "."));
  }
}
