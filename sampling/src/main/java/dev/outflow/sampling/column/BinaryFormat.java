package dev.outflow.sampling.column;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Formats of values that are not text, by their first bytes. */
enum BinaryFormat {
  GZIP("compressed with gzip", 0x1f, 0x8b),
  ZSTD("compressed with zstd", 0x28, 0xb5, 0x2f, 0xfd),
  LZ4("compressed with lz4", 0x04, 0x22, 0x4d, 0x18),
  SNAPPY_FRAMES("compressed with snappy", 0xff, 0x06, 0x00, 0x00, 's', 'N', 'a', 'P'),
  SNAPPY_BLOCKS("compressed with snappy", 0x82, 'S', 'N', 'A', 'P', 'P', 'Y'),
  AVRO_FILE("Avro files, which contain their schema", 'O', 'b', 'j', 1),
  PARQUET("Parquet files", 'P', 'A', 'R', '1'),
  /** The header of a schema registry: a zero byte and four bytes of an id. */
  SCHEMA_ID("records with the id of a schema", 0),
  /** Has no first bytes of its own; see {@link ProtobufMessage}. */
  PROTOBUF("Protobuf");

  private static final int MIN_HEADER = 6;
  private static final List<BinaryFormat> WITH_FIRST_BYTES =
      Arrays.stream(values()).filter(format -> format.start.length > 0).toList();

  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // Not modified.
  private final byte[] start;

  BinaryFormat(String description, int... start) {
    this.description = description;
    this.start = new byte[start.length];
    for (int index = 0; index < start.length; index++) {
      this.start[index] = (byte) start[index];
    }
  }

  /** Finds the format of a value. */
  static Optional<BinaryFormat> of(byte[] value) {
    Optional<BinaryFormat> found =
        WITH_FIRST_BYTES.stream().filter(format -> format.starts(value)).findFirst();
    return found.isEmpty() && ProtobufMessage.isComplete(value) ? Optional.of(PROTOBUF) : found;
  }

  private boolean starts(byte[] value) {
    int least = this == SCHEMA_ID ? MIN_HEADER : start.length;
    return value.length >= least && Arrays.equals(value, 0, start.length, start, 0, start.length);
  }

  /** Returns why columns cannot be inferred from such records, and what to do. */
  String explanation(long count, int records) {
    return switch (this) {
      case SCHEMA_ID ->
          "%d of %d records start with the id of a schema, as serializers of a schema registry write them; name the registry, e.g. 'avro-confluent: { url: http://registry:8081 }'"
              .formatted(count, records);
      case PROTOBUF ->
          "%d of %d records look like Protobuf, which names its fields only in its schema; columns can be inferred from JSON, CSV and Avro with a schema registry"
              .formatted(count, records);
      case AVRO_FILE, PARQUET ->
          "%d of %d records are %s; write one message per row instead, e.g. as JSON"
              .formatted(count, records, description);
      default ->
          "%d of %d records are %s by their producer; set its compression.type instead, so that Kafka's clients decompress them"
              .formatted(count, records, description);
    };
  }
}
