package dev.outflow.registry;

import dev.outflow.avro.SingleRecordReader;
import dev.outflow.kafka.error.InvalidHeaderException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Avro records of whatever schema their id stands for, as records of the table's own: columns that
 * they lack are null. Each schema is asked for once.
 */
final class RegistryDeserializer implements DeserializationSchema<GenericRecord> {
  private static final long serialVersionUID = 1;

  private final RegistryConnection registry;
  private final String schema;
  private transient SchemaRegistry schemas;
  private transient Schema own;
  private transient Map<Integer, GenericDatumReader<GenericRecord>> readers;
  private transient SingleRecordReader records;

  RegistryDeserializer(RegistryConnection registry, Schema schema) {
    this.registry = registry;
    this.schema = schema.toString();
  }

  @Override
  public void open(InitializationContext context) {
    schemas = new SchemaRegistry(registry);
    own = new Schema.Parser().parse(schema);
    readers = new HashMap<>();
    records = new SingleRecordReader();
  }

  /**
   * One record.
   *
   * @throws InvalidHeaderException if it does not begin as Confluent's clients write it, or with an
   *     id that leads to no schema
   * @throws IOException if the rest is no record of that schema, or more than one
   * @throws RegistryException if the registry does not answer
   */
  @Override
  public GenericRecord deserialize(byte[] value) throws IOException {
    if (value.length < RegistryFormatFactory.HEAD || value[0] != RegistrySerializer.MAGIC) {
      throw new InvalidHeaderException(
          "a record of %d bytes does not begin with a zero and the id of a schema: it was not written with a schema registry; read it with format avro, or json"
              .formatted(value.length));
    }
    int id = ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
    GenericDatumReader<GenericRecord> reader = readers.get(id);
    if (reader == null) {
      reader = new GenericDatumReader<>(schemas.schema(id), own);
      readers.put(id, reader);
    }
    return records.read(reader, value, RegistryFormatFactory.HEAD);
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
