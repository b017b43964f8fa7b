package dev.outflow.functions.scalar;

import org.apache.flink.table.functions.ScalarFunction;

/**
 * {@code NCHR(number)}: the character of a number in Unicode, ASA's NCHAR; Flink's CHR is limited
 * to 255. NULL if the number is NULL or not one of a character.
 *
 * <pre>{@code
 * UNICODE(NCHR(33590))  -- 33590
 * NCHR(65)  -- A
 * NCHR(-1)  -- NULL
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/nchar-azure-stream-analytics">NCHAR</a>
 */
public final class UnicodeCharacter extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public String eval(Long number) {
    return number == null || number < 0 || number > Character.MAX_CODE_POINT
        ? null
        : Character.toString(number.intValue());
  }
}
