package dev.outflow.e2e;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

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
}
