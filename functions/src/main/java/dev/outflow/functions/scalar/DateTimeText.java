package dev.outflow.functions.scalar;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/** Times as ASA reads and writes them: ISO 8601, in UTC, with 7 decimals. */
final class DateTimeText {
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter READ =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("[['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]]")
          .toFormatter(Locale.ROOT);

  private DateTimeText() {}

  static String of(Instant time) {
    return WRITTEN.format(time);
  }

  /** Returns the time of a text, which is in UTC if it does not state an offset. */
  static Optional<Instant> read(String text) {
    try {
      TemporalAccessor time =
          READ.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      if (time instanceof OffsetDateTime withOffset) {
        return Optional.of(withOffset.toInstant());
      }
      LocalDateTime utc =
          time instanceof LocalDate day ? day.atStartOfDay() : LocalDateTime.from(time);
      return Optional.of(utc.toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
