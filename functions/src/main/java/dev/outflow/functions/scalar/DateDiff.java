package dev.outflow.functions.scalar;

import java.time.Instant;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/**
 * {@code DATEDIFF('unit', from, to)}: how many boundaries of a unit lie between two times in UTC,
 * negative if the first is later. TIMESTAMPDIFF counts whole units instead. Weeks begin on Sunday.
 * NULL if a time is NULL.
 *
 * <pre>{@code
 * DATEDIFF('second', PARSE_DATETIME('2018-04-12T16:47:11.956Z'), PARSE_DATETIME('2018-04-12T16:47:12.056Z'))  -- 1
 * DATEDIFF('second', PARSE_DATETIME('2018-04-12T16:46:11.857Z'), PARSE_DATETIME('2018-04-12T16:46:11.957Z'))  -- 0
 * DATEDIFF('year', PARSE_DATETIME('2026-01-01T00:00:00Z'), PARSE_DATETIME('2025-12-31T23:59:59Z'))  -- -1
 * DATEDIFF('week', PARSE_DATETIME('2026-11-28T23:00:00Z'), PARSE_DATETIME('2026-11-29T01:00:00Z'))  -- 1
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/datediff-azure-stream-analytics">DATEDIFF</a>
 */
public final class DateDiff extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public Long eval(String unit, Instant from, Instant to) {
    return from == null || to == null
        ? null
        : Long.valueOf(DatePart.unit(unit).boundaries(DatePart.utc(from), DatePart.utc(to)));
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    return UnitArguments.before(2, DataTypes.BIGINT());
  }
}
