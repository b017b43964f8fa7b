package dev.outflow.format;

import java.time.Duration;
import java.time.LocalDate;
import org.apache.flink.table.data.TimestampData;

/** Formats dates and times of the years 0 to 9999, one after the other in the same buffer. */
final class TemporalText {
  private static final long FIRST_DAY = LocalDate.of(0, 1, 1).toEpochDay();
  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
  private static final int DATE_LENGTH = "0000-00-00".length();
  private static final int NANOS_PER_SECOND = 1_000_000_000;
  private static final long NANOS_PER_DAY = Duration.ofDays(1).toNanos();
  private static final long NANOS_PER_MILLI = Duration.ofMillis(1).toNanos();
  private static final long MILLIS_PER_DAY = Duration.ofDays(1).toMillis();

  private final int minDigits;
  private final AsciiWriter writer;
  private final byte[] text = new byte["0000-00-00T00:00:00.000000000Z".length()];
  private int length;

  /** The day that the text starts with; most records have the one of the record before. */
  private long lastDay = Long.MIN_VALUE;

  /**
   * Creates a text.
   *
   * @param minDigits the digits that the fraction of a second has at least, from 0 to 9
   */
  TemporalText(int minDigits, AsciiWriter writer) {
    this.minDigits = minDigits;
    this.writer = writer;
  }

  TemporalText begin() {
    length = 0;
    return this;
  }

  /**
   * Appends {@code YYYY-MM-DD}.
   *
   * @throws UnsupportedValueException if the year is out of range
   */
  TemporalText date(long epochDay) {
    if (epochDay == lastDay) {
      length = DATE_LENGTH;
      return this;
    }
    if (epochDay < FIRST_DAY || epochDay > LAST_DAY) {
      throw new UnsupportedValueException();
    }
    LocalDate date = LocalDate.ofEpochDay(epochDay);
    two(date.getYear() / 100);
    two(date.getYear() % 100);
    letter('-');
    two(date.getMonthValue());
    letter('-');
    two(date.getDayOfMonth());
    lastDay = epochDay;
    return this;
  }

  /**
   * Appends {@code HH:MM:SS} and the fraction of the second, without zeros beyond the least number
   * of digits.
   *
   * @throws UnsupportedValueException if it is not a time of day
   */
  TemporalText time(long nanoOfDay) {
    if (nanoOfDay < 0 || nanoOfDay >= NANOS_PER_DAY) {
      throw new UnsupportedValueException();
    }
    int second = (int) (nanoOfDay / NANOS_PER_SECOND);
    two(second / 3600);
    letter(':');
    two(second / 60 % 60);
    letter(':');
    two(second % 60);
    int rest = (int) (nanoOfDay % NANOS_PER_SECOND);
    if (rest > 0 || minDigits > 0) {
      letter('.');
      int shortest = length + minDigits;
      for (int unit = NANOS_PER_SECOND / 10; rest > 0 || length < shortest; unit /= 10) {
        letter((char) ('0' + rest / unit));
        rest %= unit;
      }
    }
    return this;
  }

  /**
   * Appends date, separator and time.
   *
   * @throws UnsupportedValueException if the year is out of range
   */
  TemporalText timestamp(TimestampData timestamp, char separator) {
    long millis = timestamp.getMillisecond();
    long millisOfDay = Math.floorMod(millis, MILLIS_PER_DAY);
    return date(Math.floorDiv(millis, MILLIS_PER_DAY))
        .letter(separator)
        .time(millisOfDay * NANOS_PER_MILLI + timestamp.getNanoOfMillisecond());
  }

  TemporalText letter(char ascii) {
    text[length++] = (byte) ascii;
    return this;
  }

  void end(TextOutput out) {
    writer.write(out, text, length);
  }

  private void two(int number) {
    letter((char) ('0' + number / 10));
    letter((char) ('0' + number % 10));
  }
}
