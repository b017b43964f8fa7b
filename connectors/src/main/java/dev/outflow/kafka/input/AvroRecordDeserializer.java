package dev.outflow.kafka.input;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Avro records in binary form, each of its own bytes and of all of them.
 *
 * <p>Flink's own reads one record after the other from one stream: what a bad record leaves over is
 * read as the beginning of the next, which then is bad too, or silently another one.
 */
final class AvroRecordDeserializer implements DeserializationSchema<GenericRecord> {
  private static final long serialVersionUID = 1;

  private final String schema;
  private transient GenericDatumReader<GenericRecord> reader;
  private transient BinaryDecoder decoder;

  AvroRecordDeserializer(Schema schema) {
    this.schema = schema.toString();
  }

  @Override
  public void open(InitializationContext context) {
    reader = new GenericDatumReader<>(new Schema.Parser().parse(schema));
  }

  /**
   * One record.
   *
   * @throws IOException if the bytes are no record, or more than one
   */
  @Override
  public GenericRecord deserialize(byte[] value) throws IOException {
    decoder = DecoderFactory.get().binaryDecoder(value, decoder);
    GenericRecord record = reader.read(null, decoder);
    if (!decoder.isEnd()) {
      throw new IOException("there are bytes behind the record's last field");
    }
    return record;
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
