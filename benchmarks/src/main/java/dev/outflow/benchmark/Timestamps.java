package dev.outflow.benchmark;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** Formats and parses timestamps as Flink does with ISO-8601. */
final class Timestamps {
  static final DateTimeFormatter JSON =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendLiteral('Z')
          .toFormatter(java.util.Locale.ROOT);

  private Timestamps() {}

  static String text(long ms) {
    return JSON.format(LocalDateTime.ofInstant(Instant.ofEpochMilli(ms), ZoneOffset.UTC));
  }

  static long ms(String text) {
    return LocalDateTime.parse(text, JSON).toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
