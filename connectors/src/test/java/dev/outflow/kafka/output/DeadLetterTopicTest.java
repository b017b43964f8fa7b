package dev.outflow.kafka.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.kafka.TopicSettings;
import dev.outflow.kafka.error.DeadLetter;
import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.RecordOrigin;
import dev.outflow.kafka.error.RecordProblem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The content of dead letters, and that their topic accepts them. */
class DeadLetterTopicTest {
  private static final DeadLetter LETTER =
      new DeadLetter(
          Optional.of("sales"),
          "orders",
          new RecordProblem(ErrorCode.INVALID_DATA, Optional.of("größe"), "no JSON", "{secret"),
          Optional.of(new RecordOrigin("orders", 3, 17)),
          Instant.parse("2026-11-24T10:00:00Z"));

  @Test
  void describesTheProblemInHeadersWithoutDetails() {
    ProducerRecord<byte[], byte[]> record = topic("none").record(LETTER, 5L, bytes(3), bytes(100));

    assertThat(record.topic()).isEqualTo("letters");
    assertThat(record.partition()).isNull();
    assertThat(record.timestamp()).isEqualTo(5);
    assertThat(record.key()).isEqualTo(bytes(3));
    assertThat(record.value()).isEqualTo(bytes(100));
    assertThat(headers(record))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "outflow-code", "InputDeserializerError.InvalidData",
                "outflow-alias", "orders",
                "outflow-job", "sales",
                "outflow-message", "no JSON",
                "outflow-column", "größe",
                "outflow-topic", "orders",
                "outflow-partition", "3",
                "outflow-offset", "17",
                "outflow-time", "2026-11-24T10:00:00Z"));
  }

  @Test
  void truncatesValuesThatTheTopicWouldReject() {
    DeadLetterTopic topic = topic("none");
    ProducerRecord<byte[], byte[]> record = topic.record(LETTER, 5L, bytes(3), bytes(9_000));

    assertThat(record.value().length).isBetween(4_000, 5_000);
    assertThat(bytes(9_000)).startsWith(record.value());
    assertThat(headers(record)).containsEntry(DeadLetter.TRUNCATED, "9000");
    assertThat(topic.limits().problem(record)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "snappy", "lz4", "zstd"})
  void truncatesIncompressibleValuesEnough(String compression) {
    DeadLetterTopic topic = topic(compression);
    ProducerRecord<byte[], byte[]> record = topic.record(LETTER, 5L, bytes(3), bytes(9_000));

    assertThat(record.value().length).isBetween(4_000, 5_000);
    assertThat(topic.limits().problem(record)).isEmpty();
  }

  @Test
  void keepsValuesThatFitOnceCompressed() {
    ProducerRecord<byte[], byte[]> record =
        topic("zstd").record(LETTER, 5L, null, new byte[400_000]);

    assertThat(record.value()).hasSize(400_000);
    assertThat(headers(record)).doesNotContainKey(DeadLetter.TRUNCATED);
  }

  @Test
  void dropsKeysThatLeaveNoRoom() {
    DeadLetterTopic topic = topic("none");
    ProducerRecord<byte[], byte[]> record = topic.record(LETTER, 5L, bytes(4_900), bytes(1_000));

    assertThat(record.key()).isNull();
    assertThat(record.value()).isEqualTo(bytes(1_000));
    assertThat(topic.limits().problem(record)).isEmpty();
  }

  @Test
  void dropsTimestampsThatTheTopicWouldReject() {
    long farAhead = Instant.parse("2999-01-01T00:00:00Z").toEpochMilli();
    ProducerRecord<byte[], byte[]> record =
        topic("none").record(LETTER, farAhead, bytes(3), bytes(9_000));

    assertThat(record.timestamp()).isNull();
    assertThat(record.value()).isNotEmpty();
  }

  private static DeadLetterTopic topic(String compression) {
    Properties producer = new Properties();
    producer.put("compression.type", compression);
    Config settings =
        new Config(
            List.of(
                new ConfigEntry("max.message.bytes", "5000"),
                new ConfigEntry("message.timestamp.after.max.ms", "3600000")));
    return new DeadLetterTopic(
        "letters",
        RecordLimits.of(ProducerLimits.of(producer), Optional.of(new TopicSettings(settings))));
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new TreeMap<>();
    record
        .headers()
        .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    return headers;
  }
}
