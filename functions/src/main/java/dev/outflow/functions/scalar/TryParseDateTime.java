package dev.outflow.functions.scalar;

import java.time.Instant;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;

/**
 * {@code TRY_PARSE_DATETIME(text)}: like PARSE_DATETIME, but NULL if the text is not a time.
 *
 * <pre>{@code
 * TRY_PARSE_DATETIME('2014-09-10 12:00:00')  -- 2014-09-10 12:00:00.000
 * TRY_PARSE_DATETIME('yesterday')  -- NULL
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/try-cast-azure-stream-analytics">TRY_CAST</a>
 */
public final class TryParseDateTime extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public @DataTypeHint("TIMESTAMP_LTZ(3)") Instant eval(String text) {
    return text == null ? null : DateTimeText.read(text).orElse(null);
  }
}
