package dev.outflow.e2e;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Prints the last log lines of all processes when a test fails. */
final class PrintLogsOnFailure implements AfterTestExecutionCallback {
  private static final int LINES = 40;

  @Override
  public void afterTestExecution(ExtensionContext test) {
    if (test.getExecutionException().isPresent()) {
      System.out.println("==== logs of " + test.getDisplayName() + ", which failed");
      JavaProcess.started().forEach(process -> System.out.println(process.logTail(LINES)));
    }
  }
}
