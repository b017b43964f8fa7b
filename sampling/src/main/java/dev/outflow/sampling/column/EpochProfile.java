package dev.outflow.sampling.column;

import dev.outflow.format.reader.EpochUnit;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Whether the whole numbers of a column count the time since 1970.
 *
 * <p>Not thread-safe.
 */
final class EpochProfile {
  /** 2001-09-09 to 2096-10-02, in seconds. */
  private static final long FIRST = 1_000_000_000L;

  private static final long LAST = 4_000_000_000L;
  private static final long NEAR_SECONDS = 86_400;
  private static final Map<EpochUnit, Long> PER_SECOND =
      new TreeMap<>(
          Map.of(
              EpochUnit.SECONDS, 1L,
              EpochUnit.MILLISECONDS, 1_000L,
              EpochUnit.MICROSECONDS, 1_000_000L,
              EpochUnit.NANOSECONDS, 1_000_000_000L));
  private static final Pattern NAME =
      Pattern.compile(
          "(?:.*[_.\\-])?(?i:ts|time|timestamp|datetime|epoch|at)(?:[_\\-](?i:s|ms|us|ns|sec|millis|micros|utc))?"
              + "|.*[a-z](?:Ts|Time|Timestamp|Date|At|Millis|Epoch)(?:Utc|Ms)?"
              + "|(?i:(?:.*[_.\\-])?(?:date|created|updated|modified|occurred))");

  private EpochUnit unit;
  private boolean one = true;
  private boolean near = true;

  /**
   * Adds a number.
   *
   * @param arrival the timestamp of its record
   */
  void add(BigDecimal value, long arrival) {
    Optional<EpochUnit> found = unit(value);
    one = one && found.isPresent() && (unit == null || unit == found.get());
    if (one) {
      unit = found.get();
      long seconds = value.longValue() / PER_SECOND.get(unit);
      near = near && Math.abs(seconds - arrival / 1000) <= NEAR_SECONDS;
    }
  }

  private static Optional<EpochUnit> unit(BigDecimal value) {
    if (value.scale() > 0 || value.precision() > 19) {
      return Optional.empty();
    }
    return PER_SECOND.entrySet().stream()
        .filter(
            unit ->
                value.compareTo(BigDecimal.valueOf(FIRST * unit.getValue())) >= 0
                    && value.compareTo(BigDecimal.valueOf(LAST * unit.getValue())) <= 0)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Returns the unit if the numbers are times: all have the magnitude of recent times, and the name
   * of the column is one of times or all are within a day of their record's timestamp.
   */
  Optional<EpochUnit> unit(String column) {
    return Optional.ofNullable(unit)
        .filter(found -> one && (near || NAME.matcher(column).matches()));
  }

  /** Returns the milliseconds that a number counts. */
  static long millis(long value, EpochUnit unit) {
    long perSecond = PER_SECOND.get(unit);
    return perSecond >= 1000 ? value / (perSecond / 1000) : value * 1000;
  }
}
