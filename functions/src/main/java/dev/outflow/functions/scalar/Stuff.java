package dev.outflow.functions.scalar;

import org.apache.flink.table.functions.ScalarFunction;

/**
 * {@code STUFF(text, start, length, inserted)}: a text with another one in place of a part of it. A
 * start before 1 is 1; a start behind the text gives an empty text, as ASA documents; OVERLAY
 * returns the text unchanged in both cases. A negative length fails the job. NULL if an argument is
 * NULL.
 *
 * <pre>{@code
 * STUFF('abcdef', 2, 3, 'ijklmn')  -- aijklmnef
 * STUFF('abcdef', 0, 1, 'x')  -- xbcdef
 * STUFF('abcdef', 2, 99, 'x')  -- ax
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/stuff-azure-stream-analytics">STUFF</a>
 */
public final class Stuff extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public String eval(String text, Long start, Long length, String inserted) {
    if (text == null || start == null || length == null || inserted == null) {
      return null;
    }
    if (length < 0) {
      throw new IllegalArgumentException("STUFF: the length is negative: " + length);
    }
    long first = Math.max(0, start - 1);
    int from = Characters.offset(text, first);
    if (first > 0 && from == text.length()) {
      return "";
    }
    return text.substring(0, from)
        + inserted
        + text.substring(Characters.offset(text, first + length));
  }
}
