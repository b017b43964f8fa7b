package dev.outflow.e2e;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waiting for what processes do, with their logs where it does not come. */
final class Await {
  private static final Duration EVERY = Duration.ofMillis(100);
  private static final int LOG_LINES = 30;

  private Await() {}

  /**
   * Returns when {@code condition} is true; while it throws it is not.
   *
   * @throws AssertionError after {@code atMost}, with {@code what} was waited for and the last
   *     lines of these processes' logs
   */
  static void until(
      String what,
      Duration atMost,
      Collection<JavaProcess> processes,
      Callable<Boolean> condition) {
    try {
      Awaitility.await(what).atMost(atMost).pollInterval(EVERY).ignoreExceptions().until(condition);
    } catch (ConditionTimeoutException e) {
      String logs =
          processes.stream().map(process -> process.logTail(LOG_LINES)).collect(joining());
      throw new AssertionError(
          "waited %d s in vain until %s%n%s".formatted(atMost.toSeconds(), what, logs), e);
    }
  }
}
