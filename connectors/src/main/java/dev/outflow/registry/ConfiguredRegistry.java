package dev.outflow.registry;

import dev.outflow.kafka.error.InvalidHeaderException;
import dev.outflow.kafka.option.FormatDefaults;
import dev.outflow.kafka.option.RegistryOptions;
import dev.outflow.kafka.option.ResolvedOptions;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.PrefixedOptions;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.formats.avro.typeutils.AvroSchemaConverter;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The schema registry in a table's options, for checks before a job starts.
 *
 * @param format the prefix of the format's options, {@code avro-confluent}
 * @param options the table's options, as the user wrote them
 */
public record ConfiguredRegistry(String format, Map<String, String> options) {
  private static final String URL = RegistryOptions.FORMAT + "." + RegistryOptions.URL.key();

  /** Returns the registries in a table's options, usually one or none. */
  public static List<ConfiguredRegistry> in(Map<String, String> options) {
    return options.keySet().stream()
        .filter(key -> key.endsWith(URL))
        .map(key -> key.substring(0, key.lastIndexOf('.')))
        .sorted()
        .map(format -> new ConfiguredRegistry(format, options))
        .toList();
  }

  /**
   * Checks that the registry responds and accepts the client's credentials.
   *
   * @return its URLs
   * @throws InvalidOptionsException if it does not
   */
  public String ping() {
    return send(
        format -> {
          RegistryConnection connection = RegistryConnection.of(format);
          new SchemaRegistry(connection).ping();
          return connection.toString();
        });
  }

  /**
   * Checks that the subject accepts a schema.
   *
   * @return a description of the result
   * @throws InvalidOptionsException if it does not, or the registry is unavailable
   */
  public String check(Schema schema) {
    return send(
        format -> {
          String subject = format.get(RegistryOptions.SUBJECT);
          boolean exists = new SchemaRegistry(RegistryConnection.of(format)).check(subject, schema);
          return (exists ? "'%s' accepts it" : "'%s' is new and is created when the job starts")
              .formatted(subject);
        });
  }

  /**
   * Returns the type of the rows that a record's schema describes.
   *
   * @throws InvalidHeaderException if the record has no id of a schema, or its schema is not Avro
   * @throws InvalidOptionsException if the registry is unavailable
   */
  public RowType rowType(byte[] record) throws InvalidHeaderException {
    int id = WireFormat.schemaId(record);
    Schema schema = send(format -> new SchemaRegistry(RegistryConnection.of(format)).schema(id));
    LogicalType type =
        AvroSchemaConverter.convertToDataType(
                schema.toString(), RegistryFormatFactory.LEGACY_TIMESTAMPS)
            .getLogicalType();
    if (type instanceof RowType row) {
      return row;
    }
    throw new InvalidHeaderException(
        "the record's schema, id %d, is %s; expected a record".formatted(id, schema.getType()));
  }

  private interface Request<T, E extends Exception> {
    T send(Configuration format) throws E;
  }

  private <T, E extends Exception> T send(Request<T, E> request) throws E {
    Map<String, String> resolved = FormatDefaults.addTo(ResolvedOptions.of(options).orThrow());
    try {
      return request.send(Configuration.fromMap(PrefixedOptions.of(resolved, format + ".")));
    } catch (RegistryException e) {
      throw e.forFormat(format);
    }
  }

  /** Omits the options, which can contain secrets. */
  @Override
  public String toString() {
    return "ConfiguredRegistry[" + format + "]";
  }
}
