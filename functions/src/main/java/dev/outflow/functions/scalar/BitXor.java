package dev.outflow.functions.scalar;

import org.apache.flink.table.functions.ScalarFunction;

/**
 * {@code BITXOR(a, b)}: the bits that are set in exactly one operand; of booleans, which are ASA's
 * {@code bit}, the logical operation. NULL if an operand is NULL.
 *
 * <pre>{@code
 * BITXOR(170, 75)  -- 225
 * BITXOR(TRUE, TRUE)  -- FALSE
 * BITXOR(170, CAST(NULL AS INT))  -- NULL
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/bitwise-exclusive-or-azure-stream-analytics">^
 *     (Bitwise Exclusive OR)</a>
 */
public final class BitXor extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public Integer eval(Integer a, Integer b) {
    return (a == null || b == null) ? null : Integer.valueOf(a ^ b);
  }

  public Long eval(Long a, Long b) {
    return (a == null || b == null) ? null : Long.valueOf(a ^ b);
  }

  public Boolean eval(Boolean a, Boolean b) {
    return (a == null || b == null) ? null : Boolean.valueOf(a ^ b);
  }
}
