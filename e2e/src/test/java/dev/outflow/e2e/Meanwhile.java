package dev.outflow.e2e;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What starts while something else does.
 *
 * @param <T> what will have started
 */
final class Meanwhile<T> {
  private final FutureTask<T> task;

  private Meanwhile(FutureTask<T> task) {
    this.task = task;
  }

  static <T> Meanwhile<T> start(Callable<T> starting) {
    FutureTask<T> task = new FutureTask<>(starting);
    new Thread(task, "meanwhile").start();
    return new Meanwhile<>(task);
  }

  /** Waits for it. */
  T get() throws InterruptedException, ExecutionException {
    return task.get();
  }
}
