package dev.outflow.e2e;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs the main class named by its first argument and halts when standard input is closed, which
 * means that the parent process has ended, even if it was killed.
 */
final class ParentWatch {
  private ParentWatch() {}

  public static void main(String[] args) throws Throwable {
    Thread watch = new Thread(ParentWatch::haltAtEndOfInput, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    try {
      Class.forName(args[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void haltAtEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // The parent never writes.
      }
    } catch (IOException e) {
      // The same as the end of input.
    }
    Runtime.getRuntime().halt(1);
  }
}
