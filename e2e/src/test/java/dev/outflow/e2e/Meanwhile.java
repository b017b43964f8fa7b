package dev.outflow.e2e;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What is done while something else is.
 *
 * @param <T> what comes of it
 */
final class Meanwhile<T> {
  private final FutureTask<T> task;

  private Meanwhile(FutureTask<T> task) {
    this.task = task;
  }

  static <T> Meanwhile<T> start(Callable<T> doing) {
    FutureTask<T> task = new FutureTask<>(doing);
    new Thread(task, "meanwhile").start();
    return new Meanwhile<>(task);
  }

  boolean isGoingOn() {
    return !task.isDone();
  }

  /** Waits for it. */
  T get() throws InterruptedException, ExecutionException {
    return task.get();
  }
}
