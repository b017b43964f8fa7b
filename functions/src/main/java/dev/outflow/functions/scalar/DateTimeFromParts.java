package dev.outflow.functions.scalar;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;

/**
 * {@code DATETIMEFROMPARTS(year, month, day, hour, minute, second, millisecond)}: a time in UTC.
 * Parts out of their range fail the job. NULL if a part is NULL.
 *
 * <pre>{@code
 * DATETIMEFROMPARTS(2014, 9, 10, 12, 30, 0, 5)  -- 2014-09-10 12:30:00.005
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/datetimefromparts-azure-stream-analytics">DATETIMEFROMPARTS</a>
 */
public final class DateTimeFromParts extends ScalarFunction {
  private static final long serialVersionUID = 1L;
  private static final int NANOS = 1_000_000;

  public @DataTypeHint("TIMESTAMP_LTZ(3)") Instant eval(
      Long year, Long month, Long day, Long hour, Long minute, Long second, Long millisecond) {
    Long[] parts = {year, month, day, hour, minute, second, millisecond};
    if (Arrays.stream(parts).anyMatch(Objects::isNull)) {
      return null;
    }
    try {
      int[] part = Arrays.stream(parts).mapToInt(Math::toIntExact).toArray();
      return LocalDateTime.of(
              part[0],
              part[1],
              part[2],
              part[3],
              part[4],
              part[5],
              Math.multiplyExact(part[6], NANOS))
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("DATETIMEFROMPARTS: " + e.getMessage(), e);
    }
  }
}
