package dev.outflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outflow.kafka.error.DeadLetter;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** A dead letter as a person can read it; anybody can have written it, so it is only printed. */
record DeadLetterText(ConsumerRecord<byte[], byte[]> record) {
  private static final int WIDTH = 160;

  String code() {
    return header(DeadLetter.CODE).orElse("no code");
  }

  /** Its topic, if it was read from one. */
  Optional<String> topic() {
    return header(DeadLetter.TOPIC);
  }

  boolean isCut() {
    return header(DeadLetter.TRUNCATED).isPresent();
  }

  /** When, what, where and why. */
  String line() {
    return "%s  %s%s%s  %s%s"
        .formatted(
            header(DeadLetter.TIME)
                .orElseGet(() -> Instant.ofEpochMilli(record.timestamp()).toString()),
            code(),
            header(DeadLetter.COLUMN).map("  column '%s'"::formatted).orElse(""),
            topic().map(it -> "  " + origin(it)).orElse(""),
            header(DeadLetter.MESSAGE).orElse(""),
            header(DeadLetter.TRUNCATED).map("  (cut from %s bytes)"::formatted).orElse(""));
  }

  private String origin(String topic) {
    return "topic '%s', partition %s, offset %s"
        .formatted(
            topic, header(DeadLetter.PARTITION).orElse("?"), header(DeadLetter.OFFSET).orElse("?"));
  }

  /** The beginning of its value. */
  String value() {
    if (record.value() == null) {
      return "no value";
    }
    String text = printable(record.value());
    return text.length() <= WIDTH
        ? text
        : "%s... (%d bytes)".formatted(text.substring(0, WIDTH), record.value().length);
  }

  private Optional<String> header(String name) {
    return Optional.ofNullable(record.headers().lastHeader(name))
        .map(Header::value)
        .map(DeadLetterText::printable);
  }

  /** What a terminal takes for a command is left out. */
  private static String printable(byte[] text) {
    return new String(text, UTF_8).replaceAll("[\\p{Cc}\\p{Cf}]", " ");
  }
}
