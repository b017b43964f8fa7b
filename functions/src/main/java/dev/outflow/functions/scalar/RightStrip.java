package dev.outflow.functions.scalar;

import org.apache.flink.table.functions.ScalarFunction;

/**
 * {@code RSTRIP(text)}: a text without white space at its end: blanks, tabs, line breaks and all
 * other white space of Unicode. Flink's RTRIM removes blanks only. NULL if the text is NULL.
 *
 * <pre>{@code
 * RSTRIP(U&'Right test \00A0')  -- Right test
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/rtrim-azure-stream-analytics">RTRIM</a>
 */
public final class RightStrip extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public String eval(String text) {
    return text == null ? null : WhiteSpace.removeAtEnd(text);
  }
}
