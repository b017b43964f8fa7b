package dev.outflow.registry;

import dev.outflow.kafka.error.InvalidHeaderException;
import java.nio.ByteBuffer;

/**
 * Confluent's wire format: a magic byte 0 and the schema id in four bytes, followed by the data.
 */
public final class WireFormat {
  /** The size of the header in bytes. */
  public static final int HEADER_SIZE = 1 + Integer.BYTES;

  private static final byte MAGIC = 0;

  private WireFormat() {}

  /** Returns the header of records with a schema. */
  static byte[] header(int schemaId) {
    return ByteBuffer.allocate(HEADER_SIZE).put(MAGIC).putInt(schemaId).array();
  }

  static byte[] write(byte[] header, byte[] data) {
    return ByteBuffer.allocate(header.length + data.length).put(header).put(data).array();
  }

  /**
   * Reads the schema id of a record.
   *
   * @throws InvalidHeaderException if the record has no valid header
   */
  static int schemaId(byte[] record) throws InvalidHeaderException {
    if (record.length < HEADER_SIZE || record[0] != MAGIC) {
      throw new InvalidHeaderException(
          "the record of %d bytes does not start with a zero byte and a schema id, so it was not written with a schema registry; read it with format avro or json"
              .formatted(record.length));
    }
    return ByteBuffer.wrap(record, 1, Integer.BYTES).getInt();
  }
}
