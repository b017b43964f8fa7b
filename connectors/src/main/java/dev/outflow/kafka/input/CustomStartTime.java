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

/** Parses the time of {@code start: custom}, in the unambiguous forms of ISO-8601. */
final class CustomStartTime {
  static final String EXAMPLE = "2026-11-24T10:00:00Z";
  private static final String PREFIX = "custom:";

  /** A date and time with an offset, one without, or a date. */
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

  private CustomStartTime() {}

  /** Returns whether a value starts with {@code custom:} or a date. */
  static boolean isMeant(String value) {
    return value.strip().matches("(?s)" + PREFIX + ".*|[0-9]{4}-[0-9]{2}.*");
  }

  /**
   * Parses a date and time with {@code Z} or an offset, or a date, which means midnight UTC.
   *
   * @throws IllegalArgumentException if it is invalid, has no offset, or is after {@code now}
   */
  static Instant parse(String value, Instant now) {
    String bare = value.strip().replaceFirst("^" + PREFIX, "").strip();
    Instant time = instant(bare, value);
    if (time.isAfter(now)) {
      throw new IllegalArgumentException(
          "%s is %s in the future; to read only new records, use job-start"
              .formatted(bare, rounded(Duration.between(now, time))));
    }
    return time;
  }

  private static Instant instant(String bare, String value) {
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
          "'%s' is not a valid time; use ISO-8601, e.g. %s".formatted(value, EXAMPLE), e);
    }
    throw new IllegalArgumentException(
        "%s has no time zone; append Z for UTC, or an offset: %2$sZ, %2$s+01:00"
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
