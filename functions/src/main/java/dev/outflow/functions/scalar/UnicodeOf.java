package dev.outflow.functions.scalar;

import org.apache.flink.table.functions.ScalarFunction;

/**
 * {@code UNICODE(text)}: the number of the first character in Unicode. NULL if the text is NULL or
 * empty.
 *
 * <pre>{@code
 * UNICODE(U&'\8336')  -- 33590
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/unicode-azure-stream-analytics">UNICODE</a>
 */
public final class UnicodeOf extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public Long eval(String text) {
    return text == null || text.isEmpty() ? null : Long.valueOf(text.codePointAt(0));
  }
}
