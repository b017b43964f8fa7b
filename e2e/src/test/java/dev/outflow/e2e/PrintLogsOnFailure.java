package dev.outflow.e2e;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;

/** Prints the last log lines of all processes when a test or what precedes it fails. */
final class PrintLogsOnFailure
    implements AfterTestExecutionCallback, LifecycleMethodExecutionExceptionHandler {
  private static final int LINES = 40;

  @Override
  public void afterTestExecution(ExtensionContext test) {
    if (test.getExecutionException().isPresent()) {
      print(test);
    }
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext tests, Throwable failure)
      throws Throwable {
    print(tests);
    throw failure;
  }

  private static void print(ExtensionContext failed) {
    System.out.println("==== logs of " + failed.getDisplayName() + ", which failed");
    JavaProcess.started().forEach(process -> System.out.println(process.logTail(LINES)));
  }
}
