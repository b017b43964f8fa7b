package dev.outflow.local.watch;

import java.time.Duration;

/** A wait that can be ended early. */
@FunctionalInterface
public interface Pause {
  /** Waits; returns whether it was ended before {@code time} was over. */
  boolean isEndedWithin(Duration time) throws InterruptedException;
}
