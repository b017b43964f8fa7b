package dev.outflow.javascript;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * The CPU time and memory of one call of a script. It counts from its first check, so that calls
 * that are too short to be checked cost nothing.
 */
final class CallBudget {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Duration cpuTime;
  private final long megabytes;
  private boolean started;
  private long cpuStart;
  private long allocatedStart;

  /** A call exceeds its budget. Scripts cannot catch it. */
  static final class ExceededError extends Error {
    private static final long serialVersionUID = 1L;

    ExceededError(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * @param cpuTime CPU time, because a pause of the JVM is not the fault of a script
   * @param megabytes what a call allocates, even if it is garbage by then
   */
  CallBudget(Duration cpuTime, long megabytes) {
    this.cpuTime = cpuTime;
    this.megabytes = megabytes;
  }

  /** Returns the budget of calls in a job. */
  static CallBudget standard() {
    return new CallBudget(Duration.ofSeconds(1), 256);
  }

  /** Starts the budget of the next call. */
  void reset() {
    started = false;
  }

  /**
   * Checks the budget of the current call.
   *
   * @throws ExceededError if it is used up
   */
  void check() {
    if (!started) {
      started = true;
      cpuStart = cpuNanos();
      allocatedStart = allocatedBytes();
    } else if (cpuNanos() - cpuStart > cpuTime.toNanos()) {
      throw new ExceededError(
          "takes more than %d ms of CPU time in a call; check for an infinite loop"
              .formatted(cpuTime.toMillis()));
    } else if (allocatedBytes() - allocatedStart > megabytes << 20) {
      throw new ExceededError(
          "allocates more than %d MB in a call; check for an infinite loop".formatted(megabytes));
    }
  }

  private static long cpuNanos() {
    return THREADS.isCurrentThreadCpuTimeSupported()
        ? THREADS.getCurrentThreadCpuTime()
        : System.nanoTime();
  }

  /** Returns 0 in JVMs that do not count it. */
  private static long allocatedBytes() {
    return THREADS instanceof com.sun.management.ThreadMXBean counting
            && counting.isThreadAllocatedMemorySupported()
        ? counting.getCurrentThreadAllocatedBytes()
        : 0;
  }
}
