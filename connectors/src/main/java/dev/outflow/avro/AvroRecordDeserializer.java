package dev.outflow.avro;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Reads binary Avro records that were written with the table's own schema. */
final class AvroRecordDeserializer implements DeserializationSchema<GenericRecord> {
  private static final long serialVersionUID = 1;

  private final String schema;
  private transient GenericDatumReader<GenericRecord> reader;
  private transient SingleRecordReader records;

  AvroRecordDeserializer(Schema schema) {
    this.schema = schema.toString();
  }

  @Override
  public void open(InitializationContext context) {
    reader = new GenericDatumReader<>(new Schema.Parser().parse(schema));
    records = new SingleRecordReader();
  }

  /**
   * Reads one record.
   *
   * @throws IOException if the bytes are not exactly one record
   */
  @Override
  public GenericRecord deserialize(byte[] value) throws IOException {
    return records.read(reader, value, 0);
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
