package dev.outflow.local;

import dev.outflow.testing.PlannedJob;
import dev.outflow.testing.cases.CaseReader;
import dev.outflow.testing.cases.CaseResult;
import dev.outflow.testing.cases.JobCase;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./outflow test}: runs the queries of jobs on the rows of test cases. */
@Command(
    name = "test",
    description = {
      "Run the queries of jobs on the rows of test cases, without Kafka, and compare the output"
          + " with the expected rows.",
      "A test case is a folder with <input>.jsonl or .csv for each input, in the input's own"
          + " format, and expected/<alias>.jsonl for each output. An optional test.yaml names the"
          + " job."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all test cases passed",
      "1:a test case failed",
      "2:invalid command line, test case or definition"
    })
final class TestCommand implements Callable<Integer> {
  private static final String INDENT = "  ";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "PATH",
      defaultValue = "conf/tests",
      description = "Test cases, or folders that contain test cases. Default: ${DEFAULT-VALUE}.")
  private List<Path> paths;

  @Option(
      names = JobArguments.ENV,
      paramLabel = "NAME",
      description =
          "The environment whose file overrides the definitions, job.NAME.yaml next to job.yaml,"
              + " instead of the one in test.yaml.")
  private Optional<String> environment = Optional.empty();

  @Option(names = "--accept", description = "Replace the expected rows with the actual output.")
  private boolean accept;

  @Option(
      names = "--watch",
      description =
          "Run again after each save until Ctrl-C: the test cases that the save affects, on the"
              + " same Flink.")
  private boolean watch;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (watch) {
      if (accept) {
        throw new ParameterException(
            spec.commandLine(),
            "--accept cannot be combined with --watch; run --accept in another terminal, and --watch"
                + " runs the test cases again");
      }
      return new TestWatch(paths, environment, new WatchText(out, Colors.auto())).run();
    }
    CaseText text = new CaseText(out, Colors.auto());
    PlannedJob.startFlinkAhead();
    List<JobCase> cases =
        accept ? CaseReader.readToAccept(paths, environment) : CaseReader.read(paths, environment);
    spec.commandLine()
        .getErr()
        .println("Starting Flink for " + CaseText.count(cases.size()) + " ...");
    AtomicInteger failed = new AtomicInteger();
    ParallelCases.run(
        cases,
        JobCase::run,
        result -> {
          boolean passed = accept ? accept(text, result) : text.report(result);
          failed.addAndGet(passed ? 0 : 1);
        });
    out.println(summary(cases.size(), failed.get()));
    return failed.get() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static boolean accept(CaseText text, CaseResult result) {
    if (result.failure().isPresent()) {
      return text.report(result);
    }
    PrintWriter out = text.out();
    List<Path> written;
    try {
      written = result.accept();
    } catch (UncheckedIOException e) {
      out.printf("%-9s  %s%n", "FAILED", result.folder());
      out.println(INDENT + e.getMessage());
      return false;
    }
    out.printf("%-9s  %s%n", written.isEmpty() ? "unchanged" : "written", result.folder());
    written.forEach(file -> out.println(INDENT + file));
    text.notes(result);
    return true;
  }

  private String summary(int count, int failed) {
    String cases = CaseText.count(count);
    if (failed == 0) {
      return accept
          ? cases + " accepted; review the changes before you commit them"
          : cases + " passed";
    }
    return "%d of %s failed%s"
        .formatted(
            failed,
            cases,
            accept
                ? ""
                : "; if the actual output is correct, --accept makes it the expected output");
  }
}
