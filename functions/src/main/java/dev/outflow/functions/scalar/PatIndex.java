package dev.outflow.functions.scalar;

import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;

/**
 * {@code PATINDEX(pattern, text)}: the position of the first match of a pattern, from 1 on, or 0. A
 * pattern is like that of LIKE: {@code %} stands for any text, {@code _} for one character, {@code
 * [a-f]} for one of some characters, {@code [^a-f]} for any other. Without {@code %} at its start
 * or end, it matches there only. The comparison is case-sensitive. NULL if an argument is NULL.
 *
 * <pre>{@code
 * PATINDEX('%100%', 'AB-100')  -- 4
 * PATINDEX('%[0-9]%', 'AB-7')  -- 4
 * PATINDEX('100%', 'AB-100')  -- 0
 * PATINDEX('%-_00', 'AB-100')  -- 3
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/patindex-azure-stream-analytics">PATINDEX</a>
 */
public final class PatIndex extends ScalarFunction {
  private static final long serialVersionUID = 1L;
  private transient LastPattern<LikePattern> last;

  @Override
  public void open(FunctionContext context) {
    last = new LastPattern<>(LikePattern::of);
  }

  public Long eval(String pattern, String text) {
    return pattern == null || text == null ? null : Long.valueOf(last.of(pattern).indexIn(text));
  }
}
