package dev.outflow.kafka;

import java.util.function.Supplier;

/**
 * Runs code with the class loader of this jar as the thread's context class loader. Kafka loads
 * classes through it, even its own, and the one of the SQL client's threads does not see the jar.
 */
public final class ContextClassLoader {
  private ContextClassLoader() {}

  /** Returns the result of {@code action}. */
  public static <T> T with(Supplier<T> action) {
    Thread thread = Thread.currentThread();
    ClassLoader previous = thread.getContextClassLoader();
    thread.setContextClassLoader(ContextClassLoader.class.getClassLoader());
    try {
      return action.get();
    } finally {
      thread.setContextClassLoader(previous);
    }
  }
}
