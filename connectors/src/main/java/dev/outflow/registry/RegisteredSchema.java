package dev.outflow.registry;

import java.io.IOException;
import java.io.Serializable;
import org.apache.avro.Schema;

/** The schema of an output, which is registered when its serializer is opened. */
final class RegisteredSchema implements Serializable {
  private static final long serialVersionUID = 1;

  private final RegistryConnection registry;
  private final String subject;
  private final String schema;

  /** Null until the schema is registered; serialized, so that copies do not register again. */
  private byte[] header;

  /** Creates a schema, without a request to the registry. */
  RegisteredSchema(RegistryConnection registry, String subject, Schema schema) {
    this.registry = registry;
    this.subject = subject;
    this.schema = schema.toString();
  }

  /**
   * Registers the schema, if it is not registered yet.
   *
   * @throws IncompatibleSchemaException if the subject rejects it
   */
  void open() throws IOException {
    if (header == null) {
      int id = new SchemaRegistry(registry).register(subject, new Schema.Parser().parse(schema));
      header = WireFormat.header(id);
    }
  }

  /** Returns what precedes each record. */
  byte[] header() {
    return header;
  }
}
