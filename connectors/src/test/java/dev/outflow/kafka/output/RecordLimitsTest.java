package dev.outflow.kafka.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.kafka.TopicSettings;
import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.RecordProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Detects records that are too large, or lack a key, before they are sent. */
class RecordLimitsTest {
  @Test
  void usesTheProducersLimitByDefault() {
    RecordLimits limits = limits(Map.of(), Optional.empty());

    assertThat(limits.problem(record(1_000_000))).isEmpty();
    RecordProblem problem = limits.problem(record(1_048_576)).orElseThrow();
    assertThat(problem.code()).isEqualTo(ErrorCode.SIZE_LIMIT);
    assertThat(problem.message())
        .matches(
            "10486\\d\\d bytes exceed the producer's max.request.size 1048576; raise"
                + " 'kafka.max.request.size'");
  }

  @Test
  void rejectsWhatWouldMakeEventHubsCloseTheConnection() {
    Properties producer =
        KafkaOutput.of(
                Map.of(
                    "bootstrap-servers", "my-namespace.servicebus.windows.net:9093",
                    "topic", "t",
                    "security-protocol", "sasl_ssl",
                    "sasl-mechanism", "OAUTHBEARER"),
                "t")
            .producerProperties();
    RecordLimits limits = RecordLimits.of(ProducerLimits.of(producer), Optional.empty());

    assertThat(limits.problem(record(999_000))).isEmpty();
    RecordProblem problem = limits.problem(record(1_000_000)).orElseThrow();
    assertThat(problem.code()).isEqualTo(ErrorCode.SIZE_LIMIT);
    assertThat(problem.message())
        .matches(
            "10000\\d\\d bytes exceed the producer's max.request.size 1000000; write smaller rows,"
                + " because Event Hubs closes connections that send more than 1046528 bytes");
  }

  @Test
  void limitsRecordsToTheProducersMemory() {
    assertThat(
            limits(Map.of("buffer.memory", "5000"), Optional.empty())
                .problem(record(5_000))
                .orElseThrow()
                .message())
        .contains("exceed the producer's buffer.memory 5000; raise 'kafka.buffer.memory'");
  }

  @Test
  void appliesTheTopicsLimitToTheBatchExactly() {
    int size =
        MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(0, new byte[3_000]))
            .sizeInBytes();

    assertThat(limits(Map.of(), topic("max.message.bytes", size)).problem(record(3_000))).isEmpty();
    assertThat(
            limits(Map.of(), topic("max.message.bytes", size - 1))
                .problem(record(3_000))
                .orElseThrow()
                .message())
        .isEqualTo(
            "%d bytes exceed max.message.bytes %d of topic 't'; raise it and restart the job"
                .formatted(size, size - 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "snappy", "lz4", "zstd"})
  void acceptsRecordsThatFitOnceCompressed(String compression) {
    RecordLimits limits =
        limits(Map.of("compression.type", compression), topic("max.message.bytes", 5_000));

    assertThat(limits.problem(record(50_000))).as("zeros").isEmpty();
    byte[] noise = new byte[50_000];
    new Random(7).nextBytes(noise);
    assertThat(limits.problem(new ProducerRecord<>("t", noise)).orElseThrow().message())
        .contains(" bytes (compressed) exceed max.message.bytes 5000");
  }

  /** Compression makes noise larger, and brokers compare the result. */
  @ParameterizedTest
  @CsvSource({
    "gzip, producer", "snappy, producer", "lz4, producer", "zstd, producer",
    "none, gzip", "none, snappy", "none, lz4", "none, zstd"
  })
  void acceptsNoiseIfTheCompressedBatchFits(String compression, String stored) {
    Compression codec = Compression.of(stored.equals("producer") ? compression : stored).build();
    for (int bytes : new int[] {10, 1_000, 40_000, 1_000_000}) {
      byte[] noise = new byte[bytes];
      new Random(bytes).nextBytes(noise);
      ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("t", noise);
      int size = MemoryRecords.withRecords(codec, new SimpleRecord(0, null, noise)).sizeInBytes();
      int plain =
          MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(0, null, noise))
              .sizeInBytes();
      int least = stored.equals("producer") ? size : Math.max(size, plain);

      assertThat(limits(compression, stored, least).problem(record)).isEmpty();
      assertThat(limits(compression, stored, least - 1).problem(record))
          .as("%d", bytes)
          .isPresent();
      assertThat(limits(compression, stored, size).sizes().upperBound(plain))
          .isGreaterThanOrEqualTo(size);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
  void acceptsNoiseOfTheRemainingSizeWithAnyCompression(String compression) {
    for (int limit : new int[] {200, 5_000, 1_000_000}) {
      RecordLimits limits = limits("none", compression, limit);
      byte[] noise = new byte[(int) limits.remaining(record(0))];
      new Random(limit).nextBytes(noise);

      assertThat(limits.problem(new ProducerRecord<>("t", noise))).as("%d", limit).isEmpty();
    }
  }

  @Test
  void measuresUncompressedIfTheBrokerDecompresses() {
    RecordLimits limits =
        limits(
            Map.of("compression.type", "zstd"),
            topic("max.message.bytes", 5_000, "compression.type", "uncompressed"));

    assertThat(limits.problem(record(50_000))).isPresent();
  }

  @Test
  void requiresAKeyInCompactedTopicsOnly() {
    assertThat(limits(Map.of(), topic("cleanup.policy", "delete")).problem(record(1))).isEmpty();
    RecordLimits compacted = limits(Map.of(), topic("cleanup.policy", "compact,delete"));

    assertThat(compacted.problem(record(1)).orElseThrow().code())
        .isEqualTo(ErrorCode.REQUIRED_COLUMN_MISSING);
    assertThat(compacted.problem(new ProducerRecord<>("t", new byte[1], new byte[1]))).isEmpty();
  }

  @Test
  void computesTheRemainingSizeFromTheSmallestLimit() {
    ProducerRecord<byte[], byte[]> empty = record(0);
    RecordLimits limits = limits(Map.of(), topic("max.message.bytes", 5_000));
    int remaining = (int) limits.remaining(empty);

    assertThat(limits.problem(record(remaining))).isEmpty();
    assertThat(remaining).isBetween(4_900, 5_000);
    assertThat(limits(Map.of("max.request.size", "10"), Optional.empty()).remaining(empty))
        .isNegative();
  }

  private static ProducerRecord<byte[], byte[]> record(int bytes) {
    return new ProducerRecord<>("t", new byte[bytes]);
  }

  private static RecordLimits limits(String compression, String stored, int topicLimit) {
    return limits(
        Map.of("compression.type", compression),
        topic(
            "max.message.bytes",
            topicLimit,
            "compression.type",
            stored.equals("none") ? "uncompressed" : stored));
  }

  private static RecordLimits limits(
      Map<String, String> producer, Optional<TopicSettings> settings) {
    Properties properties = new Properties();
    properties.putAll(producer);
    properties.put("sasl.jaas.config", "${env:NOT_THERE_AND_NOT_ASKED_FOR}");
    return RecordLimits.of(ProducerLimits.of(properties), settings);
  }

  private static Optional<TopicSettings> topic(Object... settings) {
    List<ConfigEntry> entries = new ArrayList<>();
    for (int i = 0; i < settings.length; i += 2) {
      entries.add(new ConfigEntry((String) settings[i], String.valueOf(settings[i + 1])));
    }
    return Optional.of(new TopicSettings(new Config(entries)));
  }
}
