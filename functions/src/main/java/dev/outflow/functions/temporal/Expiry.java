package dev.outflow.functions.temporal;

import org.apache.flink.table.functions.ProcessTableFunction.OnTimerContext;
import org.apache.flink.table.functions.ProcessTableFunction.TimeContext;
import org.apache.flink.types.Row;

/**
 * The time at which a partition is forgotten, in the first field of its state. There is one timer
 * for each partition: while rows come, it is only set again when it fires.
 */
final class Expiry {
  private static final int EXPIRES = 0;

  private Expiry() {}

  /** Keeps the state of a partition until a time, inclusive. */
  static void keepUntil(long last, Row memory, TimeContext<Long> time) {
    long expires = last + 1;
    if (memory.getField(EXPIRES) == null) {
      time.registerOnTime(expires);
    }
    memory.setField(EXPIRES, expires);
  }

  /** Forgets a partition whose time is over. */
  static void onTimer(OnTimerContext context, Row memory) {
    TimeContext<Long> time = context.timeContext(Long.class);
    Long expires = memory.getFieldAs(EXPIRES);
    if (expires == null || time.time() >= expires) {
      context.clearAllState();
    } else {
      time.registerOnTime(expires);
    }
  }
}
