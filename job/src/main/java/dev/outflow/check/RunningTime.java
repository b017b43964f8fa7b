package dev.outflow.check;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time that has passed while this process was running. A limit that expires while the machine
 * is suspended, or too busy to run this process, says nothing about a broker.
 */
final class RunningTime {
  /** Waiting threads read the time at least this often. */
  static final Duration INTERVAL = Duration.ofMillis(50);

  /** Of a longer gap between two readings, no more counts. */
  private static final Duration LONGEST = Duration.ofMillis(200);

  private final LongSupplier clock;
  private long last;
  private long elapsed;

  /**
   * Starts at zero.
   *
   * @param clock in nanoseconds, such as {@link System#nanoTime}
   */
  RunningTime(LongSupplier clock) {
    this.clock = clock;
    this.last = clock.getAsLong();
  }

  /** Returns the nanoseconds since the start. */
  synchronized long nanos() {
    long now = clock.getAsLong();
    elapsed += Math.min(now - last, LONGEST.toNanos());
    last = now;
    return elapsed;
  }
}
