package dev.outflow.asa.translation;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Position;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Units of time and literal intervals. */
final class Units {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("year", "YEAR"),
          Map.entry("yy", "YEAR"),
          Map.entry("yyyy", "YEAR"),
          Map.entry("quarter", "QUARTER"),
          Map.entry("qq", "QUARTER"),
          Map.entry("q", "QUARTER"),
          Map.entry("month", "MONTH"),
          Map.entry("mm", "MONTH"),
          Map.entry("m", "MONTH"),
          Map.entry("dayofyear", "DOY"),
          Map.entry("dy", "DOY"),
          Map.entry("y", "DOY"),
          Map.entry("day", "DAY"),
          Map.entry("dd", "DAY"),
          Map.entry("d", "DAY"),
          Map.entry("week", "WEEK"),
          Map.entry("wk", "WEEK"),
          Map.entry("ww", "WEEK"),
          Map.entry("weekday", "DOW"),
          Map.entry("dw", "DOW"),
          Map.entry("w", "DOW"),
          Map.entry("hour", "HOUR"),
          Map.entry("hh", "HOUR"),
          Map.entry("minute", "MINUTE"),
          Map.entry("mi", "MINUTE"),
          Map.entry("n", "MINUTE"),
          Map.entry("second", "SECOND"),
          Map.entry("ss", "SECOND"),
          Map.entry("s", "SECOND"),
          Map.entry("millisecond", "MILLISECOND"),
          Map.entry("ms", "MILLISECOND"),
          Map.entry("microsecond", "MICROSECOND"),
          Map.entry("mcs", "MICROSECOND"));
  private static final Map<String, Duration> LENGTHS =
      Map.of(
          "DAY", Duration.ofDays(1),
          "HOUR", Duration.ofHours(1),
          "MINUTE", Duration.ofMinutes(1),
          "SECOND", Duration.ofSeconds(1),
          "MILLISECOND", Duration.ofMillis(1));
  private static final long LONGEST_DAYS = 999;

  private Units() {}

  /** Returns Flink's name of a unit. */
  static String unit(Expression written) {
    String name =
        written instanceof Expression.Column column && column.path().size() == 1
            ? column.path().get(0).key()
            : written instanceof Expression.Text text ? text.value().toLowerCase(Locale.ROOT) : "";
    String unit = NAMES.getOrDefault(name, NAMES.get(name.replaceFirst("(?<=..)s$", "")));
    if (unit == null) {
      throw new Untranslatable(
          written.at(),
          "the unit of time is not supported; use day, hour, minute, second or millisecond");
    }
    return unit;
  }

  /** Returns the length of a unit that always has the same. */
  static Duration length(String unit, Position at) {
    Duration length = LENGTHS.get(unit);
    if (length == null) {
      throw new Untranslatable(
          at, "the unit must be day, hour, minute, second or millisecond here");
    }
    return length;
  }

  /** Returns a number that is written as a literal. */
  static Optional<Long> whole(Expression written) {
    if (written instanceof Expression.Unary minus && minus.operator().equals("-")) {
      return whole(minus.operand()).map(value -> -value);
    }
    if (written instanceof Expression.Numeral number && number.value().matches("\\d{1,15}")) {
      return Optional.of(Long.parseLong(number.value()));
    }
    return Optional.empty();
  }

  /** Returns a duration of a unit and a literal. */
  static Duration duration(Expression unit, Expression count) {
    return duration(length(unit(unit), unit.at()), count);
  }

  /** Returns a literal number of units. */
  static Duration duration(Duration unit, Expression count) {
    long number =
        whole(count)
            .orElseThrow(
                () -> new Untranslatable(count.at(), "the length must be written as a number"));
    return duration(unit, number, count.at());
  }

  /** Returns a number of units. */
  static Duration duration(Duration unit, long number, Position at) {
    if (Math.abs(number) > Duration.ofDays(LONGEST_DAYS).toMillis() / unit.toMillis()) {
      throw new Untranslatable(at, "is longer than %d days".formatted(LONGEST_DAYS));
    }
    return unit.multipliedBy(number);
  }

  /** Returns an interval literal for a length that is not negative. */
  static String interval(Duration length) {
    boolean minutes = length.toMillisPart() == 0 && length.toSecondsPart() == 0;
    if (minutes && length.toMinutesPart() == 0 && length.toHours() > 0 && length.toHours() < 100) {
      return "INTERVAL '%d' HOUR".formatted(length.toHours());
    }
    if (minutes && length.toMinutes() > 0 && length.toMinutes() < 100) {
      return "INTERVAL '%d' MINUTE".formatted(length.toMinutes());
    }
    if (length.toMillisPart() == 0 && length.toSeconds() < 100) {
      return "INTERVAL '%d' SECOND".formatted(length.toSeconds());
    }
    if (length.toSeconds() < 100) {
      return "INTERVAL '%d.%03d' SECOND".formatted(length.toSeconds(), length.toMillisPart());
    }
    return "INTERVAL '%d %02d:%02d:%02d.%03d' DAY(3) TO SECOND(3)"
        .formatted(
            length.toDays(),
            length.toHoursPart(),
            length.toMinutesPart(),
            length.toSecondsPart(),
            length.toMillisPart());
  }

  /** Returns a time plus a length, which can be negative. */
  static String plus(String time, Duration length) {
    if (length.isZero()) {
      return time;
    }
    return length.isNegative()
        ? "(%s - %s)".formatted(time, interval(length.negated()))
        : "(%s + %s)".formatted(time, interval(length));
  }

  /** Returns the number of boundaries between two times, as DATEDIFF counts them. */
  static String boundaries(String unit, String from, String to) {
    return "DATEDIFF(%s, %s, %s)".formatted(literal(unit), from, to);
  }

  /** Returns a unit as an argument of a function of Outflow. */
  static String literal(String unit) {
    return switch (unit) {
      case "DOY" -> "'dayofyear'";
      case "DOW" -> "'weekday'";
      default -> Sql.literal(unit.toLowerCase(Locale.ROOT));
    };
  }
}
