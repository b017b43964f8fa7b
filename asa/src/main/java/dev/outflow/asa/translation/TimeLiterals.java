package dev.outflow.asa.translation;

import dev.outflow.asa.query.Expression;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Texts in queries that are times. */
final class TimeLiterals {
  private TimeLiterals() {}

  /** Returns the milliseconds since 1970. */
  static long millis(Expression.Text text) {
    String value = text.value().strip();
    try {
      if (value.matches("\\d{4}-\\d{2}-\\d{2}")) {
        return LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
      }
      String iso = value.replace(' ', 'T');
      if (iso.matches(".*(Z|[+-]\\d{2}:\\d{2})")) {
        return OffsetDateTime.parse(iso).toInstant().toEpochMilli();
      }
      return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException e) {
      throw new Untranslatable(
          text.at(), "'%s' is not a time; write it as 2026-11-24T10:00:00Z".formatted(value));
    }
  }

  /** Returns whether an expression is the time 1970-01-01, from which numbers count. */
  static boolean isEpoch(Expression expression) {
    try {
      return expression instanceof Expression.Text text
          && millis(text) == Instant.EPOCH.toEpochMilli();
    } catch (Untranslatable e) {
      return false;
    }
  }
}
