package dev.outflow.registry;

import dev.outflow.avro.AvroSerializer;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.RowData;

/** Serializes rows as Avro in Confluent's wire format. */
final class RegistrySerializer implements SerializationSchema<RowData> {
  private static final long serialVersionUID = 1;

  private final RegisteredSchema schema;
  private final AvroSerializer avro;

  /**
   * Creates a serializer, without a request to the registry.
   *
   * @param avro serializes rows with {@code schema}
   */
  RegistrySerializer(RegisteredSchema schema, AvroSerializer avro) {
    this.schema = schema;
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
    schema.open();
  }

  @Override
  public byte[] serialize(RowData row) {
    return avro.serialize(schema.header(), row);
  }
}
