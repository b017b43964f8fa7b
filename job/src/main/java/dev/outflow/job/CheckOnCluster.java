package dev.outflow.job;

import dev.outflow.check.Outcome;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Help.Ansi;

/** {@code flink run outflow.jar --check}: the check, where the jar's main class is run. */
final class CheckOnCluster {
  private CheckOnCluster() {}

  /**
   * Prints the steps to standard output.
   *
   * @throws CheckFailedException if one failed
   */
  static void run(Arguments arguments) {
    CheckText text = new CheckText(System.out::println, Ansi.AUTO);
    CheckReport report =
        JobCheck.run(
            arguments.config(),
            arguments.sets(),
            StreamExecutionEnvironment.getExecutionEnvironment().getConfiguration(),
            text);
    text.summary(report);
    long failed = report.count(Outcome.FAILED);
    if (failed > 0) {
      throw new CheckFailedException(
          "%d step%s of the check failed; see above".formatted(failed, failed == 1 ? "" : "s"));
    }
  }
}
