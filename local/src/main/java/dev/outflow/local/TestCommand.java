package dev.outflow.local;

import dev.outflow.testing.cases.CaseResult;
import dev.outflow.testing.cases.JobCase;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./outflow test}: a job's queries on given rows, without Kafka. */
@Command(
    name = "test",
    description = {
      "Runs jobs on the rows of test cases, without Kafka, and compares what comes with what is"
          + " expected.",
      "A case is a folder with <input>.jsonl or .csv and expected/<alias>.jsonl; its test.yaml may"
          + " name the job. Exits with 1 if a case fails, with 2 if one is wrong."
    })
final class TestCommand implements Callable<Integer> {
  private static final String INDENT = "  ";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "PATH",
      defaultValue = "conf/tests",
      description = "Cases, or folders with cases. Default: ${DEFAULT-VALUE}.")
  private List<Path> paths;

  @Option(names = "--accept", description = "Write what comes as what is expected.")
  private boolean accept;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<JobCase> cases = accept ? JobCase.withoutExpectations(paths) : JobCase.in(paths);
    spec.commandLine().getErr().println("Starting Flink for " + count(cases.size()) + " ...");
    int failed = 0;
    for (JobCase each : cases) {
      CaseResult result = each.run();
      boolean passed = accept ? accept(out, result) : report(out, result);
      failed += passed ? 0 : 1;
    }
    out.println(summary(cases.size(), failed));
    return failed == 0 ? 0 : Outflow.FAILED;
  }

  private static boolean report(PrintWriter out, CaseResult result) {
    out.printf(
        Locale.ROOT,
        "%-6s  %s  %.1f s%n",
        result.isPassed() ? "ok" : "FAILED",
        result.test().folder(),
        result.time().toMillis() / 1000.0);
    result.explanation().forEach(line -> out.println(INDENT + line));
    return result.isPassed();
  }

  private static boolean accept(PrintWriter out, CaseResult result) {
    if (result.failure().isPresent()) {
      return report(out, result);
    }
    List<Path> written = result.accept();
    out.printf("%s  %s%n", written.isEmpty() ? "same   " : "written", result.test().folder());
    written.forEach(file -> out.println(INDENT + file));
    return true;
  }

  private String summary(int count, int failed) {
    String cases = count(count);
    if (failed == 0) {
      return accept
          ? cases + " accepted; look at the difference before you commit it"
          : cases + " passed";
    }
    return "%d of %s failed%s"
        .formatted(
            failed, cases, accept ? "" : "; if what came is right, --accept makes it the expected");
  }

  private static String count(int cases) {
    return cases == 1 ? "1 case" : cases + " cases";
  }
}
