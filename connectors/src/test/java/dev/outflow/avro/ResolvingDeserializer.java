package dev.outflow.avro;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Reads records with Avro's own resolution of schemas. */
final class ResolvingDeserializer implements DeserializationSchema<GenericRecord> {
  private static final long serialVersionUID = 1;

  private final transient GenericDatumReader<GenericRecord> reader;
  private final transient SingleRecordReader records = new SingleRecordReader();

  ResolvingDeserializer(Schema written, Schema expected) {
    reader = new GenericDatumReader<>(written, expected);
  }

  @Override
  public GenericRecord deserialize(byte[] message) throws IOException {
    return records.read(reader, message, 0);
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
