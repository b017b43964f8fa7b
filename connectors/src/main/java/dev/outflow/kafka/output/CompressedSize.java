package dev.outflow.kafka.output;

import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;

/**
 * How large a record is where brokers compare it with {@code max.message.bytes}: as the only one of
 * a batch that is compressed as it comes, and once more if they compress batches anew.
 *
 * @param producer how the producer compresses
 * @param topic the topic's {@code compression.type}
 */
record CompressedSize(Compression producer, String topic) {
  private static final String AS_IT_COMES = "producer";
  private static final String UNCOMPRESSED = "uncompressed";

  /**
   * What cannot be compressed gets larger by the frames of its codec: by one byte of 60 at worst,
   * with snappy, and by some bytes in all.
   */
  private static final int GROWTH = 32;

  private static final int FRAME = 64;

  /** In bytes; it takes as long as compressing does. */
  int of(ProducerRecord<byte[], byte[]> record) {
    SimpleRecord simple =
        new SimpleRecord(
            record.timestamp() == null ? 0 : record.timestamp(),
            record.key(),
            record.value(),
            record.headers().toArray());
    return Stream.of(producer, kept())
        .distinct()
        .mapToInt(it -> MemoryRecords.withRecords(it, simple).sizeInBytes())
        .max()
        .orElseThrow();
  }

  boolean isCompressed() {
    return producer.type() != CompressionType.NONE;
  }

  /** The most bytes that a batch of {@code size} bytes can have here, without compressing it. */
  long atMost(long size) {
    return changes() ? size + size / GROWTH + FRAME : size;
  }

  /** How large a batch can be that has no more than {@code limit} bytes here, whatever is in it. */
  long fitting(long limit) {
    return changes() ? (limit - FRAME) / (GROWTH + 1) * GROWTH : limit;
  }

  private boolean changes() {
    return isCompressed() || kept().type() != CompressionType.NONE;
  }

  private Compression kept() {
    return switch (topic) {
      case AS_IT_COMES -> producer;
      case UNCOMPRESSED -> Compression.NONE;
      default -> Compression.of(topic).build();
    };
  }
}
