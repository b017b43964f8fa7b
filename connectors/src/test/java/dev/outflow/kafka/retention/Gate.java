package dev.outflow.kafka.retention;

import java.util.concurrent.Semaphore;
import org.apache.flink.table.functions.ScalarFunction;

/** Lets records pass one by one. Its permits are those of all jobs in the JVM. */
public final class Gate extends ScalarFunction {
  static final Semaphore PERMITS = new Semaphore(0);

  /** Returns the number after it has got a permit. */
  public Long eval(Long number) throws InterruptedException {
    PERMITS.acquire();
    return number;
  }
}
