package dev.outflow.local;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C, or the end of the JVM by other means: asks to stop, and lets the run clean up. */
final class StopSignal implements AutoCloseable {
  private static final Duration CLEANING_UP = Duration.ofSeconds(20);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  private StopSignal() {}

  static StopSignal listen() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::stopAndWait, "stop"));
    return signal;
  }

  /** Whether someone asked to stop; waits for it as long as {@code wait}. */
  boolean askedWithin(Duration wait) throws InterruptedException {
    return asked.await(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The run has cleaned up; the JVM may end. */
  @Override
  public void close() {
    done.countDown();
  }

  private void stopAndWait() {
    asked.countDown();
    try {
      done.await(CLEANING_UP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
