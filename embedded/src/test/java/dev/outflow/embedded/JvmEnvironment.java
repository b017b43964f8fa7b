package dev.outflow.embedded;

import java.lang.reflect.Field;
import java.util.Map;

/**
 * Sets environment variables of this JVM and of the processes that it starts from now on. Azure's
 * SDK reads the managed identity's endpoint from the environment only, and test JVMs that run at
 * the same time need one each.
 */
final class JvmEnvironment {
  private JvmEnvironment() {}

  /** Needs {@code --add-opens java.base/java.util=ALL-UNNAMED}, which Flink needs too. */
  @SuppressWarnings("unchecked")
  static void put(String variable, String value) {
    try {
      Map<String, String> environment = System.getenv();
      Field writable = environment.getClass().getDeclaredField("m");
      writable.setAccessible(true);
      ((Map<String, String>) writable.get(environment)).put(variable, value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot set the environment variable " + variable, e);
    }
  }
}
