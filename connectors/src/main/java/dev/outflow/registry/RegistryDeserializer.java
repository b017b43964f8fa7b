package dev.outflow.registry;

import dev.outflow.avro.SingleRecordReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Reads Avro records by the schema that their id names and resolves them to the table's schema:
 * missing columns are null. Each schema is requested once.
 */
final class RegistryDeserializer implements DeserializationSchema<GenericRecord> {
  private static final long serialVersionUID = 1;

  private final RegistryConnection registry;
  private final String schema;
  private transient SchemaRegistry schemas;
  private transient Schema tableSchema;
  private transient Map<Integer, GenericDatumReader<GenericRecord>> readers;
  private transient SingleRecordReader records;

  RegistryDeserializer(RegistryConnection registry, Schema schema) {
    this.registry = registry;
    this.schema = schema.toString();
  }

  @Override
  public void open(InitializationContext context) {
    schemas = new SchemaRegistry(registry);
    tableSchema = new Schema.Parser().parse(schema);
    readers = new HashMap<>();
    records = new SingleRecordReader();
  }

  /**
   * Reads one record.
   *
   * @throws dev.outflow.kafka.error.InvalidHeaderException if it has no valid header, or its schema
   *     does not exist or is not Avro
   * @throws IOException if the rest is not exactly one record of that schema
   * @throws RegistryException if the registry is unavailable
   */
  @Override
  public GenericRecord deserialize(byte[] value) throws IOException {
    int id = WireFormat.schemaId(value);
    GenericDatumReader<GenericRecord> reader = readers.get(id);
    if (reader == null) {
      reader = new GenericDatumReader<>(schemas.schema(id), tableSchema);
      readers.put(id, reader);
    }
    return records.read(reader, value, WireFormat.HEADER_SIZE);
  }

  @Override
  public boolean isEndOfStream(GenericRecord next) {
    return false;
  }

  @Override
  public TypeInformation<GenericRecord> getProducedType() {
    return TypeInformation.of(GenericRecord.class);
  }
}
