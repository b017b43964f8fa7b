package dev.outflow.kafka.output;

import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;

/**
 * The size of a record that brokers compare with {@code max.message.bytes}: that of a batch with
 * only this record, as the producer compresses it and, if the broker recompresses, as stored.
 *
 * @param producer the producer's compression
 * @param stored the topic's compression
 */
record CompressedSize(Compression producer, Compression stored) {
  private static final String PRODUCER = "producer";
  private static final String UNCOMPRESSED = "uncompressed";

  /**
   * Incompressible data grows by its codec's framing: at worst by one byte in 60, with snappy, plus
   * a constant.
   */
  private static final int GROWTH = 32;

  private static final int FRAME = 64;

  /** Reads a topic's {@code compression.type}. */
  static CompressedSize of(Compression producer, String topic) {
    return new CompressedSize(
        producer,
        switch (topic) {
          case PRODUCER -> producer;
          case UNCOMPRESSED -> Compression.NONE;
          default -> Compression.of(topic).build();
        });
  }

  /** Returns the size in bytes, by compressing the record. */
  int of(ProducerRecord<byte[], byte[]> record) {
    SimpleRecord simple =
        new SimpleRecord(
            record.timestamp() == null ? 0 : record.timestamp(),
            record.key(),
            record.value(),
            record.headers().toArray());
    return Stream.of(producer, stored)
        .distinct()
        .mapToInt(codec -> MemoryRecords.withRecords(codec, simple).sizeInBytes())
        .max()
        .orElseThrow();
  }

  boolean isCompressed() {
    return producer.type() != CompressionType.NONE;
  }

  /** Returns an upper bound for a batch of {@code size} uncompressed bytes, without compressing. */
  long upperBound(long size) {
    return canGrow() ? size + size / GROWTH + FRAME : size;
  }

  /** Returns the largest uncompressed size that is within {@code limit} whatever it contains. */
  long maxUncompressed(long limit) {
    return canGrow() ? (limit - FRAME) / (GROWTH + 1) * GROWTH : limit;
  }

  private boolean canGrow() {
    return isCompressed() || stored.type() != CompressionType.NONE;
  }
}
