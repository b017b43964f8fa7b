package dev.outflow.functions.scalar;

import java.time.Instant;
import org.apache.flink.table.functions.ScalarFunction;

/**
 * {@code FORMAT_DATETIME(time)}: a time as text as ASA writes it: in UTC, with 7 decimals and Z.
 * NULL if the time is NULL.
 *
 * <pre>{@code
 * FORMAT_DATETIME(TO_TIMESTAMP_LTZ(1523552400000, 3))  -- 2018-04-12T17:00:00.0000000Z
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/data-types-azure-stream-analytics">Data
 *     Types: datetime</a>
 */
public final class FormatDateTime extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public String eval(Instant time) {
    return time == null ? null : DateTimeText.of(time);
  }
}
