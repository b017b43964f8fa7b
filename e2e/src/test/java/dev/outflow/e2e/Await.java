package dev.outflow.e2e;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for a condition and shows the logs of the processes that did not meet it. */
final class Await {
  private static final Duration EVERY = Duration.ofMillis(100);
  private static final int LOG_LINES = 30;

  private Await() {}

  /**
   * Returns when {@code condition} is true; a condition that throws counts as false.
   *
   * @param what the condition in words, for the failure message
   * @throws AssertionError after {@code atMost}, with the last log lines of these processes
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
          "timed out after %d s waiting until %s%n%s".formatted(atMost.toSeconds(), what, logs), e);
    }
  }
}
