package dev.outflow.kafka;

import java.util.Locale;
import java.util.function.Supplier;

/**
 * Runs code of Flink that depends on the JVM's default locale. In Turkish and Azerbaijani, {@code
 * "EARLIEST".toLowerCase()} is {@code earlıest}, which Kafka rejects; in Arabic and some other
 * locales, {@code VARCHAR(%d)} has digits that Flink's SQL parser rejects. In all other locales
 * nothing is changed.
 *
 * <p>A JVM can run several jobs, so the default locale is the root locale for the time of the call
 * only. Other threads see it, too.
 */
public final class RootLocale {
  private RootLocale() {}

  /** Returns the result of {@code code}, run with a default locale that Flink supports. */
  @SuppressWarnings("LockOnNonEnclosingClassLiteral") // One lock for the class loaders of all jobs.
  public static <T> T call(Supplier<T> code) {
    if (isSupported()) {
      return code.get();
    }
    synchronized (Locale.class) {
      Locale locale = Locale.getDefault();
      Locale display = Locale.getDefault(Locale.Category.DISPLAY);
      Locale format = Locale.getDefault(Locale.Category.FORMAT);
      Locale.setDefault(Locale.ROOT);
      try {
        return code.get();
      } finally {
        Locale.setDefault(locale);
        Locale.setDefault(Locale.Category.DISPLAY, display);
        Locale.setDefault(Locale.Category.FORMAT, format);
      }
    }
  }

  private static boolean isSupported() {
    return "I".toLowerCase(Locale.getDefault()).equals("i")
        && String.format(Locale.getDefault(Locale.Category.FORMAT), "%d", 1).equals("1");
  }
}
