package dev.outflow.sampling.column;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What all texts of a column have in common.
 *
 * <p>Not thread-safe.
 */
final class TextProfile {
  /** What {@code TIMESTAMP_LTZ} columns read; the days of months are checked later. */
  private static final Pattern TIME =
      Pattern.compile(
          "\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])[Tt ](?:[01]\\d|2[0-3]):[0-5]\\d"
              + "(?::[0-5]\\d(?:\\.(\\d{1,9}))?)?(?:[Zz]|[+-](?:0\\d|1[0-7])(?::?[0-5]\\d)?)?");

  private static final Pattern DATE =
      Pattern.compile("\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])");
  private static final int MILLIS = 3;
  private static final int MICROS = 6;

  private boolean allTimes = true;
  private boolean allDates = true;
  private int fraction;

  void add(String text) {
    if (allTimes) {
      Matcher time = TIME.matcher(text);
      allTimes = time.matches();
      if (allTimes && time.group(1) != null) {
        fraction = Math.max(fraction, time.group(1).replaceAll("0+$", "").length());
      }
    }
    allDates = allDates && DATE.matcher(text).matches();
  }

  /** Returns the type; only for a column with texts. */
  ColumnType type() {
    if (allDates) {
      return ColumnType.Scalar.DATE;
    }
    if (!allTimes) {
      return ColumnType.Scalar.STRING;
    }
    if (fraction > MICROS) {
      return ColumnType.Scalar.TIME_NANOS;
    }
    return fraction > MILLIS ? ColumnType.Scalar.TIME_MICROS : ColumnType.Scalar.TIME;
  }
}
