package dev.outflow.avro;

import java.io.IOException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads binary Avro records, each of which must fill its bytes exactly.
 *
 * <p>Flink's deserializer reads all records from one stream: bytes left over by a bad record become
 * the start of the next one, which then fails too or silently yields another record.
 *
 * <p>Not thread-safe.
 */
public final class SingleRecordReader {
  private BinaryDecoder decoder;

  /**
   * Reads the record that starts at {@code from}.
   *
   * @throws IOException if the remaining bytes are not exactly one record
   */
  public GenericRecord read(GenericDatumReader<GenericRecord> reader, byte[] value, int from)
      throws IOException {
    decoder = DecoderFactory.get().binaryDecoder(value, from, value.length - from, decoder);
    GenericRecord record = reader.read(null, decoder);
    if (!decoder.isEnd()) {
      throw new IOException("unexpected bytes after the last field of the record");
    }
    return record;
  }
}
