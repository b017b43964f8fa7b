package dev.outflow.format.reader;

import java.time.LocalDate;
import java.time.chrono.IsoChronology;
import org.apache.flink.table.data.TimestampData;

/**
 * Reads dates and times of ISO 8601 from characters.
 *
 * <p>Reused for each value; not thread-safe.
 */
final class TimeScanner {
  private static final int MAX_YEAR_DIGITS = 6;
  private static final int SECONDS_PER_DAY = 86_400;
  private static final int MAX_OFFSET = 18 * 3600;
  private static final int NANO_DIGITS = 9;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int[] MONTH_DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private byte[] text;
  private int at;
  private int to;
  private long epochDay;
  private int secondOfDay;
  private int nano;
  private int offset;

  /** Reads {@code 2026-11-24}; returns whether the characters are a date. */
  boolean scanDate(byte[] characters, int from, int end) {
    begin(characters, from, end);
    return date() && at == to;
  }

  /** Reads {@code 10:15} to {@code 10:15:00.123456789}; returns whether it is a time of day. */
  boolean scanTime(byte[] characters, int from, int end) {
    begin(characters, from, end);
    return time() && at == to;
  }

  /**
   * Reads a date and a time, with {@code T} or a space in between, then {@code Z}, an offset or
   * nothing; returns whether it is a timestamp.
   */
  boolean scanTimestamp(byte[] characters, int from, int end) {
    begin(characters, from, end);
    return date() && (next('T') || next('t') || next(' ')) && time() && offset() && at == to;
  }

  /** Returns the days since 1970-01-01. */
  int epochDay() {
    return (int) epochDay;
  }

  int milliOfDay() {
    return secondOfDay * 1000 + nano / NANOS_PER_MILLI;
  }

  /**
   * Returns the timestamp in UTC, without fractions beyond {@code step}.
   *
   * @param step the precision in nanoseconds
   */
  TimestampData timestamp(int step) {
    int kept = nano - nano % step;
    long second = epochDay * SECONDS_PER_DAY + secondOfDay - offset;
    return TimestampData.fromEpochMillis(
        second * 1000 + kept / NANOS_PER_MILLI, kept % NANOS_PER_MILLI);
  }

  private void begin(byte[] characters, int from, int end) {
    text = characters;
    at = from;
    to = end;
  }

  private boolean date() {
    int year = year();
    if (!next('-')) {
      return false;
    }
    int month = two();
    if (month < 1 || month > 12 || !next('-')) {
      return false;
    }
    int day = two();
    if (day < 1 || day > MONTH_DAYS[month - 1] || (day == 29 && month == 2 && !isLeap(year))) {
      return false;
    }
    epochDay = LocalDate.of(year, month, day).toEpochDay();
    return true;
  }

  private static boolean isLeap(int year) {
    return IsoChronology.INSTANCE.isLeapYear(year);
  }

  /** Reads four digits or, after a sign, up to six; on failure, no {@code -} follows. */
  private int year() {
    boolean minus = next('-');
    boolean signed = minus || next('+');
    int first = at;
    int year = 0;
    int most = signed ? MAX_YEAR_DIGITS : 4;
    for (; at < to && at - first < most && isDigit(text[at]); at++) {
      year = year * 10 + text[at] - '0';
    }
    if (at - first < 4) {
      at = to;
    }
    return minus ? -year : year;
  }

  private boolean time() {
    int hour = two();
    if (hour < 0 || hour > 23 || !next(':')) {
      return false;
    }
    int minute = two();
    if (minute < 0 || minute > 59) {
      return false;
    }
    int second = 0;
    nano = 0;
    if (next(':')) {
      second = two();
      if (second < 0 || second > 59 || (next('.') && !fraction())) {
        return false;
      }
    }
    secondOfDay = hour * 3600 + minute * 60 + second;
    return true;
  }

  /** Reads one or more digits; those beyond nanoseconds are ignored. */
  private boolean fraction() {
    int first = at;
    int digits = 0;
    for (; at < to && isDigit(text[at]); at++) {
      if (digits < NANO_DIGITS) {
        nano = nano * 10 + text[at] - '0';
        digits++;
      }
    }
    for (; digits < NANO_DIGITS; digits++) {
      nano *= 10;
    }
    return at > first;
  }

  /** Reads {@code Z}, {@code +02}, {@code +0200}, {@code +02:00} or nothing. */
  private boolean offset() {
    offset = 0;
    if (at == to || next('Z') || next('z')) {
      return true;
    }
    boolean minus = next('-');
    if (!minus && !next('+')) {
      return false;
    }
    int hours = two();
    boolean colon = next(':');
    int minutes = at == to && !colon ? 0 : two();
    int seconds = hours * 3600 + minutes * 60;
    offset = minus ? -seconds : seconds;
    return hours >= 0 && minutes >= 0 && minutes <= 59 && seconds <= MAX_OFFSET;
  }

  /** Reads two digits; returns -1 if there are none. */
  private int two() {
    if (to - at < 2 || !isDigit(text[at]) || !isDigit(text[at + 1])) {
      return -1;
    }
    int number = (text[at] - '0') * 10 + text[at + 1] - '0';
    at += 2;
    return number;
  }

  private boolean next(char expected) {
    if (at < to && text[at] == expected) {
      at++;
      return true;
    }
    return false;
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }
}
