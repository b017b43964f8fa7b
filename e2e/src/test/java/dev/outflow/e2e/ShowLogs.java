package dev.outflow.e2e;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Prints the last log lines of all processes where a test fails. */
final class ShowLogs implements AfterTestExecutionCallback {
  private static final int LINES = 40;

  @Override
  public void afterTestExecution(ExtensionContext test) {
    if (test.getExecutionException().isPresent()) {
      System.out.println("==== logs as " + test.getDisplayName() + " failed");
      JavaProcess.started().forEach(process -> System.out.println(process.logTail(LINES)));
    }
  }
}
