package dev.outflow.kafka.output;

import java.util.Locale;

/** How Kafka compresses batches: Azure Stream Analytics' "Kafka event compression type". */
public enum CompressionCodec {
  NONE,
  GZIP,
  SNAPPY,
  LZ4,
  ZSTD;

  /** As written in options and as Kafka's {@code compression.type} has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
