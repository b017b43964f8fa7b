package dev.outflow.functions.scalar;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/**
 * {@code DATEPART('unit', time)}: a part of a time in UTC as a number. Units are year, quarter,
 * month, dayofyear, day, week, weekday, hour, minute, second, millisecond and microsecond, or ASA's
 * abbreviations. Weeks begin on Sunday, and the first one has January 1, as in the United States;
 * EXTRACT counts weeks as ISO 8601 does. weekday is 1 for Sunday. NULL if the time is NULL.
 *
 * <pre>{@code
 * DATEPART('year', PARSE_DATETIME('2026-11-29T10:00:00Z'))  -- 2026
 * DATEPART('week', PARSE_DATETIME('2026-11-29T10:00:00Z'))  -- 49
 * DATEPART('weekday', PARSE_DATETIME('2026-11-29T10:00:00Z'))  -- 1
 * DATEPART('ms', PARSE_DATETIME('2026-11-29T10:00:00.123Z'))  -- 123
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/datepart-azure-stream-analytics">DATEPART</a>
 */
public final class DatePart extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public Long eval(String unit, Instant time) {
    return time == null ? null : Long.valueOf(unit(unit).in(utc(time)));
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    return UnitArguments.before(1, DataTypes.BIGINT());
  }

  static DateUnit unit(String name) {
    return DateUnit.of(name).orElseThrow(() -> new IllegalArgumentException(name));
  }

  static LocalDateTime utc(Instant time) {
    return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
  }
}
