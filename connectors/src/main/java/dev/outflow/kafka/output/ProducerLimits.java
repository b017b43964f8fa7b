package dev.outflow.kafka.output;

import static org.apache.kafka.clients.producer.ProducerConfig.BOOTSTRAP_SERVERS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.BUFFER_MEMORY_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.COMPRESSION_LZ4_LEVEL_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.COMPRESSION_TYPE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_REQUEST_SIZE_CONFIG;

import dev.outflow.kafka.broker.BrokerKind;
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
 * The size limits and the compression of Kafka's producer.
 *
 * @param maxRequestSize {@code max.request.size} in bytes
 * @param bufferMemory {@code buffer.memory} in bytes
 * @param kind the brokers, which may have a limit of their own
 */
record ProducerLimits(
    int maxRequestSize, long bufferMemory, Compression compression, BrokerKind kind) {
  private static final List<String> SETTINGS =
      List.of(
          MAX_REQUEST_SIZE_CONFIG,
          BUFFER_MEMORY_CONFIG,
          COMPRESSION_TYPE_CONFIG,
          COMPRESSION_GZIP_LEVEL_CONFIG,
          COMPRESSION_LZ4_LEVEL_CONFIG,
          COMPRESSION_ZSTD_LEVEL_CONFIG);

  /** Reads a producer's properties, resolving references in these few only. */
  static ProducerLimits of(Properties producer) {
    ConfigDef definition = new ConfigDef();
    SETTINGS.forEach(key -> definition.define(ProducerConfig.configDef().configKeys().get(key)));
    Map<String, Object> properties = new HashMap<>();
    producer.forEach((key, value) -> properties.put((String) key, value));
    properties
        .keySet()
        .removeIf(
            key ->
                !SETTINGS.contains(key) && !key.startsWith(AbstractConfig.CONFIG_PROVIDERS_CONFIG));
    AbstractConfig config = new AbstractConfig(definition, properties, false);
    return new ProducerLimits(
        config.getInt(MAX_REQUEST_SIZE_CONFIG),
        config.getLong(BUFFER_MEMORY_CONFIG),
        compression(config),
        BrokerKind.of(producer.getProperty(BOOTSTRAP_SERVERS_CONFIG, "")));
  }

  /** Returns the size in bytes above which the producer rejects a record. */
  long maxRecordSize() {
    return Math.min(maxRequestSize, bufferMemory);
  }

  /** Explains which setting rejects a record of this size, and what to do. */
  String explainRejection(int size) {
    boolean exceedsRequest = size > maxRequestSize;
    String property = exceedsRequest ? MAX_REQUEST_SIZE_CONFIG : BUFFER_MEMORY_CONFIG;
    return "%d bytes exceed the producer's %s %d; %s"
        .formatted(
            size,
            property,
            exceedsRequest ? maxRequestSize : bufferMemory,
            kind.oversizeRemedy(property));
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
