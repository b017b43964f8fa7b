package dev.outflow.avro;

import java.io.IOException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads Avro records in binary form, each of its own bytes and of all of them.
 *
 * <p>Flink's own reads one record after the other from one stream: what a bad record leaves over is
 * read as the beginning of the next, which then is bad too, or silently another one.
 *
 * <p>Not for several threads.
 */
public final class SingleRecordReader {
  private BinaryDecoder decoder;

  /**
   * The record that begins at {@code from}.
   *
   * @throws IOException if the rest of the bytes is no record, or more than one
   */
  public GenericRecord read(GenericDatumReader<GenericRecord> reader, byte[] value, int from)
      throws IOException {
    decoder = DecoderFactory.get().binaryDecoder(value, from, value.length - from, decoder);
    GenericRecord record = reader.read(null, decoder);
    if (!decoder.isEnd()) {
      throw new IOException("there are bytes behind the record's last field");
    }
    return record;
  }
}
