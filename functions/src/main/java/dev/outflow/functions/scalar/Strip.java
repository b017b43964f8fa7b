package dev.outflow.functions.scalar;

import org.apache.flink.table.functions.ScalarFunction;

/**
 * {@code STRIP(text)}: a text without white space at its start and end: blanks, tabs, line breaks
 * and all other white space of Unicode. Flink's TRIM removes blanks only. NULL if the text is NULL.
 *
 * <pre>{@code
 * STRIP(U&'\3000 a test \0009')  -- a test
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/trim-azure-stream-analytics">TRIM</a>
 */
public final class Strip extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public String eval(String text) {
    return text == null ? null : WhiteSpace.removeAtEnd(WhiteSpace.removeAtStart(text));
  }
}
