package dev.outflow.kafka.output;

import java.util.Locale;

/** Kafka's {@code compression.type}: Azure Stream Analytics' "Kafka event compression type". */
public enum CompressionCodec {
  NONE,
  GZIP,
  SNAPPY,
  LZ4,
  ZSTD;

  /** Returns the value as in options and in Kafka's {@code compression.type}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
