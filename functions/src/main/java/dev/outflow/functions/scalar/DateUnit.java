package dev.outflow.functions.scalar;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MICROS;
import static java.time.temporal.ChronoUnit.MILLIS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.MONTHS;
import static java.time.temporal.ChronoUnit.SECONDS;
import static java.time.temporal.ChronoUnit.WEEKS;
import static java.time.temporal.ChronoUnit.YEARS;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.TemporalField;
import java.time.temporal.TemporalUnit;
import java.time.temporal.WeekFields;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The units of ASA's functions of dates. Weeks begin on Sunday, as in the United States. */
enum DateUnit {
  YEAR(ChronoField.YEAR, YEARS, "yy", "yyyy"),
  QUARTER(IsoFields.QUARTER_OF_YEAR, IsoFields.QUARTER_YEARS, "qq", "q"),
  MONTH(ChronoField.MONTH_OF_YEAR, MONTHS, "mm", "m"),
  DAYOFYEAR(ChronoField.DAY_OF_YEAR, DAYS, "dy", "y"),
  DAY(ChronoField.DAY_OF_MONTH, DAYS, "dd", "d"),
  WEEK(WeekFields.SUNDAY_START.weekOfYear(), WEEKS, "wk", "ww"),
  WEEKDAY(WeekFields.SUNDAY_START.dayOfWeek(), DAYS, "dw", "w"),
  HOUR(ChronoField.HOUR_OF_DAY, HOURS, "hh"),
  MINUTE(ChronoField.MINUTE_OF_HOUR, MINUTES, "mi", "n"),
  SECOND(ChronoField.SECOND_OF_MINUTE, SECONDS, "ss", "s"),
  MILLISECOND(ChronoField.MILLI_OF_SECOND, MILLIS, "ms"),
  MICROSECOND(ChronoField.MICRO_OF_SECOND, MICROS, "mcs");

  private static final Map<String, DateUnit> BY_NAME =
      Arrays.stream(values())
          .flatMap(unit -> unit.names().map(name -> Map.entry(name, unit)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private final TemporalField field;
  private final TemporalUnit length;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable.
  private final List<String> abbreviations;

  DateUnit(TemporalField field, TemporalUnit length, String... abbreviations) {
    this.field = field;
    this.length = length;
    this.abbreviations = List.of(abbreviations);
  }

  /** Returns a unit by its name or abbreviation, in any case. */
  static Optional<DateUnit> of(String name) {
    return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
  }

  /** Returns the names of all units, separated by commas. */
  static String list() {
    return Arrays.stream(values())
        .map(unit -> unit.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /** Returns the value of the unit in a time. */
  int in(LocalDateTime time) {
    return time.get(field);
  }

  /** Returns how often the unit changes between two times, negative if the first is later. */
  long boundaries(LocalDateTime from, LocalDateTime to) {
    return length.between(start(from), start(to));
  }

  private LocalDateTime start(LocalDateTime time) {
    return switch (this) {
      case YEAR -> time.toLocalDate().withDayOfYear(1).atStartOfDay();
      case QUARTER -> time.toLocalDate().with(IsoFields.DAY_OF_QUARTER, 1).atStartOfDay();
      case MONTH -> time.toLocalDate().withDayOfMonth(1).atStartOfDay();
      case WEEK ->
          time.toLocalDate()
              .with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY))
              .atStartOfDay();
      default -> time.truncatedTo((ChronoUnit) length);
    };
  }

  private Stream<String> names() {
    return Stream.concat(Stream.of(name()), abbreviations.stream())
        .map(name -> name.toLowerCase(Locale.ROOT));
  }
}
