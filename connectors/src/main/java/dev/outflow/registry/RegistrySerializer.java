package dev.outflow.registry;

import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.RowData;

/** Rows as Confluent's clients read them: a zero, the id of the schema in four bytes, Avro. */
final class RegistrySerializer implements SerializationSchema<RowData> {
  static final byte MAGIC = 0;
  private static final long serialVersionUID = 1;

  private final RegistryConnection registry;
  private final String subject;
  private final String schema;
  private final SerializationSchema<RowData> avro;

  /** Null until it is registered; a copy of this is not registered again. */
  private Integer id;

  /**
   * Registers nothing yet.
   *
   * @param avro writes rows with {@code schema}
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
   * Registers the schema.
   *
   * @throws IncompatibleSchemaException if the subject does not take it
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
    byte[] value = avro.serialize(row);
    return ByteBuffer.allocate(RegistryFormatFactory.HEAD + value.length)
        .put(MAGIC)
        .putInt(id)
        .put(value)
        .array();
  }
}
