package dev.outflow.functions.scalar;

import org.apache.flink.table.functions.ScalarFunction;

/**
 * {@code LSTRIP(text)}: a text without white space at its start: blanks, tabs, line breaks and all
 * other white space of Unicode. Flink's LTRIM removes blanks only. NULL if the text is NULL.
 *
 * <pre>{@code
 * LSTRIP(U&'\0009 Left test')  -- Left test
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/ltrim-azure-stream-analytics">LTRIM</a>
 */
public final class LeftStrip extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public String eval(String text) {
    return text == null ? null : WhiteSpace.removeAtStart(text);
  }
}
