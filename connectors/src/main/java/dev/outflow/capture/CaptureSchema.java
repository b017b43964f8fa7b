package dev.outflow.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * Converts the Avro records of Event Hubs Capture. Properties become headers: text and numbers as
 * UTF-8, bytes as they are.
 *
 * <p>Not thread-safe.
 */
final class CaptureSchema {
  private static final String SEQUENCE_NUMBER = "SequenceNumber";
  private static final String ENQUEUED_TIME = "EnqueuedTimeUtc";
  private static final String SYSTEM_PROPERTIES = "SystemProperties";
  private static final String PROPERTIES = "Properties";
  private static final String BODY = "Body";
  private static final List<String> FIELDS =
      List.of(SEQUENCE_NUMBER, ENQUEUED_TIME, SYSTEM_PROPERTIES, PROPERTIES, BODY);

  /** The key of a Kafka record, or else the partition key of another sender. */
  private static final List<String> KEYS = List.of("x-opt-kafka-key", "x-opt-partition-key");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.ENGLISH);

  private final CaptureFile file;
  private String lastTime = "";
  private long lastMillis;

  /** Converts the records of one file. */
  CaptureSchema(CaptureFile file) {
    this.file = file;
  }

  /**
   * Checks the schema of a file.
   *
   * @throws IOException if it is not that of Event Hubs Capture
   */
  static void check(Schema schema) throws IOException {
    List<String> missing =
        FIELDS.stream()
            .filter(name -> schema.getType() != Schema.Type.RECORD || schema.getField(name) == null)
            .toList();
    if (!missing.isEmpty()) {
      throw new IOException(
          "not a file of Event Hubs Capture: its Avro schema lacks %s; to read other Avro files, use connector 'filesystem' with format 'avro'"
              .formatted(String.join(", ", missing)));
    }
  }

  /**
   * Converts an event.
   *
   * @throws IOException if a field does not have the type that Capture writes
   */
  ConsumerRecord<byte[], byte[]> event(GenericRecord captured) throws IOException {
    try {
      Map<?, ?> system = (Map<?, ?>) captured.get(SYSTEM_PROPERTIES);
      RecordHeaders headers = new RecordHeaders();
      ((Map<?, ?>) captured.get(PROPERTIES))
          .forEach((name, value) -> headers.add(name.toString(), bytes(value)));
      byte[] key = key(system);
      byte[] body = bytes(captured.get(BODY));
      return new ConsumerRecord<>(
          file.eventHub(),
          file.partition(),
          (Long) captured.get(SEQUENCE_NUMBER),
          millis(captured.get(ENQUEUED_TIME).toString()),
          TimestampType.LOG_APPEND_TIME,
          key == null ? ConsumerRecord.NULL_SIZE : key.length,
          body == null ? ConsumerRecord.NULL_SIZE : body.length,
          key,
          body,
          headers,
          Optional.empty());
    } catch (ClassCastException | NullPointerException e) {
      throw new IOException(
          "not a file of Event Hubs Capture: a field does not have the type that Capture writes",
          e);
    }
  }

  private static byte[] key(Map<?, ?> system) {
    return KEYS.stream()
        .flatMap(
            name ->
                system.entrySet().stream()
                    .filter(property -> property.getKey().toString().equals(name)))
        .flatMap(property -> Stream.ofNullable(bytes(property.getValue())))
        .findFirst()
        .orElse(null);
  }

  private static byte[] bytes(Object value) {
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }
    return value == null ? null : value.toString().getBytes(UTF_8);
  }

  /** Many events in a row have the same time, which has seconds only. */
  private long millis(String time) throws IOException {
    if (!time.equals(lastTime)) {
      try {
        lastMillis = LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC).toEpochMilli();
      } catch (DateTimeException e) {
        throw new IOException(
            "not a file of Event Hubs Capture: %s is not a time such as 11/16/2026 4:44:11 PM"
                .formatted(ENQUEUED_TIME),
            e);
      }
      lastTime = time;
    }
    return lastMillis;
  }
}
