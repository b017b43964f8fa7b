package dev.outflow.kafka.output;

import static org.apache.kafka.clients.producer.ProducerConfig.BUFFER_MEMORY_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.COMPRESSION_LZ4_LEVEL_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.COMPRESSION_TYPE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_REQUEST_SIZE_CONFIG;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.record.CompressionType;

/**
 * Which records Kafka's producer takes, and how it compresses them.
 *
 * @param maxRequestSize its {@code max.request.size}
 * @param bufferMemory its {@code buffer.memory}
 */
record ProducerLimits(int maxRequestSize, long bufferMemory, Compression compression) {
  private static final List<String> ASKED =
      List.of(
          MAX_REQUEST_SIZE_CONFIG,
          BUFFER_MEMORY_CONFIG,
          COMPRESSION_TYPE_CONFIG,
          COMPRESSION_GZIP_LEVEL_CONFIG,
          COMPRESSION_LZ4_LEVEL_CONFIG,
          COMPRESSION_ZSTD_LEVEL_CONFIG);

  /** From a producer's properties, with what references among these few lead to. */
  static ProducerLimits of(Properties producer) {
    ConfigDef definition = new ConfigDef();
    ASKED.forEach(key -> definition.define(ProducerConfig.configDef().configKeys().get(key)));
    Map<String, Object> properties = new HashMap<>();
    producer.forEach((key, value) -> properties.put((String) key, value));
    properties
        .keySet()
        .removeIf(
            key -> !ASKED.contains(key) && !key.startsWith(AbstractConfig.CONFIG_PROVIDERS_CONFIG));
    AbstractConfig known = new AbstractConfig(definition, properties, false);
    return new ProducerLimits(
        known.getInt(MAX_REQUEST_SIZE_CONFIG),
        known.getLong(BUFFER_MEMORY_CONFIG),
        compression(known));
  }

  /** More than this it refuses. */
  long smallest() {
    return Math.min(maxRequestSize, bufferMemory);
  }

  /** For people: the setting that refuses a record of this size, and what to do. */
  String nameOf(int size) {
    return size > maxRequestSize
        ? "%s %d; raise it as 'kafka.%1$s'".formatted(MAX_REQUEST_SIZE_CONFIG, maxRequestSize)
        : "%s %d; raise it as 'kafka.%1$s'".formatted(BUFFER_MEMORY_CONFIG, bufferMemory);
  }

  private static Compression compression(AbstractConfig producer) {
    CompressionType type = CompressionType.forName(producer.getString(COMPRESSION_TYPE_CONFIG));
    return switch (type) {
      case GZIP -> Compression.gzip().level(producer.getInt(COMPRESSION_GZIP_LEVEL_CONFIG)).build();
      case LZ4 -> Compression.lz4().level(producer.getInt(COMPRESSION_LZ4_LEVEL_CONFIG)).build();
      case ZSTD -> Compression.zstd().level(producer.getInt(COMPRESSION_ZSTD_LEVEL_CONFIG)).build();
      case NONE, SNAPPY -> Compression.of(type).build();
    };
  }
}
