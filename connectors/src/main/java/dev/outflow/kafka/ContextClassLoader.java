package dev.outflow.kafka;

import java.util.function.Supplier;

/**
 * Kafka looks for classes, its own too, where the thread's context class loader looks; the threads
 * of the SQL client have one that does not know the jar.
 */
final class ContextClassLoader {
  private ContextClassLoader() {}

  /** What {@code made} gives in a thread that knows the classes of this jar. */
  static <T> T with(Supplier<T> made) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ContextClassLoader.class.getClassLoader());
    try {
      return made.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
