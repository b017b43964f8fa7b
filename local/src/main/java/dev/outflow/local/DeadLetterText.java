package dev.outflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outflow.kafka.error.DeadLetter;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Formats a dead letter for people. Anyone may have written it, so it is not trusted. */
record DeadLetterText(ConsumerRecord<byte[], byte[]> record) {
  private static final int VALUE_WIDTH = 160;

  String code() {
    return header(DeadLetter.CODE).orElse("no code");
  }

  /** Returns the topic that the bad record was read from, if any. */
  Optional<String> topic() {
    return header(DeadLetter.TOPIC);
  }

  boolean isTruncated() {
    return header(DeadLetter.TRUNCATED).isPresent();
  }

  /** Returns time, code, column, origin and message. */
  String line() {
    return "%s  %s%s%s  %s%s"
        .formatted(
            header(DeadLetter.TIME)
                .orElseGet(() -> Instant.ofEpochMilli(record.timestamp()).toString()),
            code(),
            header(DeadLetter.COLUMN).map("  column '%s'"::formatted).orElse(""),
            topic().map(topic -> "  " + origin(topic)).orElse(""),
            header(DeadLetter.MESSAGE).orElse(""),
            header(DeadLetter.TRUNCATED).map("  (truncated from %s bytes)"::formatted).orElse(""));
  }

  private String origin(String topic) {
    return "topic '%s', partition %s, offset %s"
        .formatted(
            topic, header(DeadLetter.PARTITION).orElse("?"), header(DeadLetter.OFFSET).orElse("?"));
  }

  /** Returns the beginning of the value. */
  String value() {
    if (record.value() == null) {
      return "no value";
    }
    String text = printable(record.value());
    return text.length() <= VALUE_WIDTH
        ? text
        : "%s... (%d bytes)".formatted(text.substring(0, VALUE_WIDTH), record.value().length);
  }

  private Optional<String> header(String name) {
    return Optional.ofNullable(record.headers().lastHeader(name))
        .map(Header::value)
        .map(DeadLetterText::printable);
  }

  /** Replaces control characters, which a terminal would interpret. */
  private static String printable(byte[] text) {
    return new String(text, UTF_8).replaceAll("[\\p{Cc}\\p{Cf}]", " ");
  }
}
