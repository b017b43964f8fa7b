package dev.outflow.e2e;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A task on a thread of its own.
 *
 * @param <T> its result
 */
final class BackgroundTask<T> {
  private final FutureTask<T> task;

  private BackgroundTask(FutureTask<T> task) {
    this.task = task;
  }

  static <T> BackgroundTask<T> start(Callable<T> callable) {
    FutureTask<T> task = new FutureTask<>(callable);
    new Thread(task, "background-task").start();
    return new BackgroundTask<>(task);
  }

  boolean isRunning() {
    return !task.isDone();
  }

  /** Waits for the result. */
  T get() throws InterruptedException, ExecutionException {
    return task.get();
  }

  /** Waits for the result, but no longer than {@code atMost}. */
  T get(Duration atMost) throws InterruptedException, ExecutionException, TimeoutException {
    return task.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }
}
