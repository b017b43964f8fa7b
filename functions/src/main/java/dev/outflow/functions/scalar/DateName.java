package dev.outflow.functions.scalar;

import static dev.outflow.functions.scalar.DateUnit.MONTH;
import static dev.outflow.functions.scalar.DateUnit.WEEKDAY;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.util.Locale;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/**
 * {@code DATENAME('unit', time)}: a part of a time in UTC as text: the English name of a month or
 * weekday, else the number of DATEPART. NULL if the time is NULL.
 *
 * <pre>{@code
 * DATENAME('month', PARSE_DATETIME('2026-11-29T10:00:00Z'))  -- November
 * DATENAME('weekday', PARSE_DATETIME('2026-11-29T10:00:00Z'))  -- Sunday
 * DATENAME('hour', PARSE_DATETIME('2026-11-29T10:00:00Z'))  -- 10
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/datename-azure-stream-analytics">DATENAME</a>
 */
public final class DateName extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public String eval(String unit, Instant time) {
    if (time == null) {
      return null;
    }
    DateUnit named = DatePart.unit(unit);
    LocalDateTime utc = DatePart.utc(time);
    if (named == MONTH) {
      return utc.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }
    return named == WEEKDAY
        ? utc.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH)
        : String.valueOf(named.in(utc));
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    return UnitArguments.before(1, DataTypes.STRING());
  }
}
