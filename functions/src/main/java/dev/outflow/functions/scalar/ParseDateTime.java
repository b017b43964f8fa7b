package dev.outflow.functions.scalar;

import java.time.Instant;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;

/**
 * {@code PARSE_DATETIME(text)}: the time that a text states in ISO 8601. T or a blank precedes the
 * time of day; that and the offset can be missing: then it is midnight, and UTC. A text that is not
 * a time fails the job, as CAST does in ASA. NULL if the text is NULL.
 *
 * <pre>{@code
 * PARSE_DATETIME('2014-09-10 12:00:00')  -- 2014-09-10 12:00:00.000
 * PARSE_DATETIME('2014-09-10T12:00:00.1234567+02:00')  -- 2014-09-10 10:00:00.123
 * PARSE_DATETIME('2014-09-10')  -- 2014-09-10 00:00:00.000
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/cast-azure-stream-analytics">CAST</a>
 */
public final class ParseDateTime extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public @DataTypeHint("TIMESTAMP_LTZ(3)") Instant eval(String text) {
    return text == null
        ? null
        : DateTimeText.read(text)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "PARSE_DATETIME: the text is not a time in ISO 8601; TRY_PARSE_DATETIME"
                            + " returns NULL instead"));
  }
}
