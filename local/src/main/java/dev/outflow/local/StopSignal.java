package dev.outflow.local;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C or another JVM shutdown: requests a stop, and waits until the run has cleaned up. */
final class StopSignal implements AutoCloseable {
  private static final Duration CLEANUP_TIMEOUT = Duration.ofSeconds(20);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch cleanedUp = new CountDownLatch(1);

  private StopSignal() {}

  static StopSignal listen() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::requestAndWait, "stop"));
    return signal;
  }

  /** Returns whether a stop is requested within {@code wait}. */
  boolean requestedWithin(Duration wait) throws InterruptedException {
    return requested.await(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Lets the JVM exit: the run has cleaned up. */
  @Override
  public void close() {
    cleanedUp.countDown();
  }

  private void requestAndWait() {
    requested.countDown();
    try {
      cleanedUp.await(CLEANUP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
