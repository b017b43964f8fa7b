package dev.outflow.kafka.input;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** The time of {@code start: custom}, in the forms of ISO-8601 that leave no doubt. */
final class StartTime {
  static final String EXAMPLE = "2026-11-24T10:00:00Z";
  private static final String CUSTOM = "custom:";

  /** A moment, a date and time that lacks its zone, or a date. */
  private static final DateTimeFormatter FORMS =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter(Locale.ROOT);

  private StartTime() {}

  /** Whether it is meant as a time: {@code custom:} and anything, or a date and anything. */
  static boolean looksLikeOne(String written) {
    return written.strip().matches("(?s)" + CUSTOM + ".*|[0-9]{4}-[0-9]{2}.*");
  }

  /**
   * The moment that {@code written} says: a date and time with {@code Z} or an offset, or a date,
   * which begins at midnight UTC.
   *
   * @throws IllegalArgumentException if it is unreadable, has no zone, or lies after {@code now}
   */
  static Instant parse(String written, Instant now) {
    String bare = written.strip().replaceFirst("^" + CUSTOM, "").strip();
    Instant time = moment(bare, written);
    if (time.isAfter(now)) {
      throw new IllegalArgumentException(
          "%s is %s from now; Kafka has no records of the future: write job-start to begin with what arrives from now on"
              .formatted(bare, rounded(Duration.between(now, time))));
    }
    return time;
  }

  private static Instant moment(String bare, String written) {
    try {
      TemporalAccessor read =
          FORMS.parseBest(
              bare.replaceFirst(" +(?=[0-9])", "T"),
              OffsetDateTime::from,
              LocalDateTime::from,
              LocalDate::from);
      if (read instanceof OffsetDateTime time) {
        return time.toInstant();
      }
      if (read instanceof LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
      }
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'%s' is no time that can be read; write it as %s".formatted(written, EXAMPLE), e);
    }
    throw new IllegalArgumentException(
        "%s has no time zone; add Z for UTC, or an offset: %2$sZ, %2$s+01:00"
            .formatted(bare, bare.replace(' ', 'T')));
  }

  private static String rounded(Duration time) {
    if (time.toDays() > 0) {
      return time.toDays() + " d";
    }
    if (time.toHours() > 0) {
      return time.toHours() + " h";
    }
    return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + 1 + " s";
  }
}
