package dev.outflow.functions.scalar;

import org.apache.flink.table.functions.ScalarFunction;

/**
 * {@code MID(text, start, length)}: a part of a text, like SUBSTRING for any start: what lies
 * before the first character counts, but is empty. A negative length fails the job, as in ASA. NULL
 * if an argument is NULL.
 *
 * <pre>{@code
 * MID('abcdefg', 2, 4)  -- bcde
 * MID('abcdefg', 0, 3)  -- ab
 * MID('abcdefg', 6, 9)  -- fg
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/substring-azure-stream-analytics">SUBSTRING</a>
 */
public final class Mid extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public String eval(String text, Long start, Long length) {
    if (text == null || start == null || length == null) {
      return null;
    }
    if (length < 0) {
      throw new IllegalArgumentException("MID: the length is negative: " + length);
    }
    int from = Characters.offset(text, start - 1);
    return text.substring(from, Math.max(from, Characters.offset(text, start - 1 + length)));
  }
}
