package dev.outflow.functions.scalar;

import org.apache.flink.table.functions.ScalarFunction;

/**
 * {@code BITNOT(a)}: all bits inverted; of a boolean, which is ASA's {@code bit}, the logical
 * operation. NULL if the operand is NULL.
 *
 * <pre>{@code
 * BITNOT(170)  -- -171
 * BITNOT(FALSE)  -- TRUE
 * BITNOT(CAST(NULL AS INT))  -- NULL
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/bitwise-not-azure-stream-analytics">~
 *     (Bitwise NOT)</a>
 */
public final class BitNot extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public Integer eval(Integer a) {
    return a == null ? null : Integer.valueOf(~a);
  }

  public Long eval(Long a) {
    return a == null ? null : Long.valueOf(~a);
  }

  public Boolean eval(Boolean a) {
    return a == null ? null : Boolean.valueOf(!a);
  }
}
