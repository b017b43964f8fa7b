package dev.outflow.avro;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Avro records in binary form that are written as the table has them. */
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
   * One record.
   *
   * @throws IOException if the bytes are no record, or more than one
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
