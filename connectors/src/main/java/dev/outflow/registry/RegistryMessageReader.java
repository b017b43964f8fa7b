package dev.outflow.registry;

import dev.outflow.avro.AvroRecordReader;
import dev.outflow.format.reader.MessageReader;
import dev.outflow.format.reader.RowConsumer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.types.logical.RowType;

/** Reads each record by the schema that its id names, which is requested once. */
final class RegistryMessageReader implements MessageReader {
  private static final long serialVersionUID = 1;

  private final RegistryConnection registry;
  private final RowType columns;
  private transient SchemaRegistry schemas;
  private transient Map<Integer, AvroRecordReader> readers;

  RegistryMessageReader(RegistryConnection registry, RowType columns) {
    this.registry = registry;
    this.columns = columns;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    schemas = new SchemaRegistry(registry);
    readers = new HashMap<>();
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.outflow.kafka.error.InvalidHeaderException if it has no valid header, or its schema
   *     does not exist or is not Avro
   * @throws RegistryException if the registry is unavailable
   */
  @Override
  public void read(byte[] message, RowConsumer rows) throws IOException {
    if (message == null) {
      return;
    }
    int id = WireFormat.schemaId(message);
    AvroRecordReader reader = readers.get(id);
    if (reader == null) {
      reader = new AvroRecordReader(RegistryFormatFactory.IDENTIFIER, schemas.schema(id), columns);
      readers.put(id, reader);
    }
    reader.read(message, WireFormat.HEADER_SIZE, rows);
  }
}
