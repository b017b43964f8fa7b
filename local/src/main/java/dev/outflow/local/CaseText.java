package dev.outflow.local;

import dev.outflow.testing.cases.CaseResult;
import java.io.PrintWriter;

/** Prints the results of test cases, with the rows that differ in color. */
record CaseText(PrintWriter out, Colors colors) {
  private static final String INDENT = "  ";

  /** Prints a result; returns whether the test case passed. */
  boolean report(CaseResult result) {
    out.printf(
        "%s  %s  %s%n",
        result.isPassed() ? colors.green("ok    ") : colors.bold(colors.red("FAILED")),
        result.folder(),
        WatchText.seconds(result.time()));
    result.explanation().forEach(line -> out.println(INDENT + colored(line)));
    notes(result);
    out.flush();
    return result.isPassed();
  }

  void notes(CaseResult result) {
    result.notes().forEach(note -> out.println(INDENT + "note: " + note));
  }

  private String colored(String line) {
    return switch (line.stripLeading().isEmpty() ? ' ' : line.stripLeading().charAt(0)) {
      case '-' -> colors.red(line);
      case '+' -> colors.green(line);
      default -> line;
    };
  }

  static String count(int cases) {
    return cases == 1 ? "1 case" : cases + " cases";
  }
}
