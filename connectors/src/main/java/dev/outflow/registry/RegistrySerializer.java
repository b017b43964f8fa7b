package dev.outflow.registry;

import org.apache.avro.Schema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.RowData;

/** Serializes rows as Avro in Confluent's wire format. */
final class RegistrySerializer implements SerializationSchema<RowData> {
  private static final long serialVersionUID = 1;

  private final RegistryConnection registry;
  private final String subject;
  private final String schema;
  private final SerializationSchema<RowData> avro;

  /** Null until the schema is registered; serialized, so that copies do not register again. */
  private Integer id;

  /**
   * Creates a serializer, without a request to the registry.
   *
   * @param avro serializes rows with {@code schema}
   */
  RegistrySerializer(
      RegistryConnection registry,
      String subject,
      Schema schema,
      SerializationSchema<RowData> avro) {
    this.registry = registry;
    this.subject = subject;
    this.schema = schema.toString();
    this.avro = avro;
  }

  /**
   * Registers the schema, if it is not registered yet.
   *
   * @throws IncompatibleSchemaException if the subject rejects it
   */
  @Override
  public void open(InitializationContext context) throws Exception {
    avro.open(context);
    if (id == null) {
      id = new SchemaRegistry(registry).register(subject, new Schema.Parser().parse(schema));
    }
  }

  @Override
  public byte[] serialize(RowData row) {
    return WireFormat.write(id, avro.serialize(row));
  }
}
