package dev.outflow.job;

import dev.outflow.check.CheckFailedException;
import dev.outflow.check.CheckReport;
import dev.outflow.check.CheckText;
import dev.outflow.check.JobCheck;
import dev.outflow.check.Outcome;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Help.Ansi;

/** Runs {@code flink run outflow.jar --check}: the connection check, in the jar's main class. */
final class CheckOnCluster {
  private CheckOnCluster() {}

  /**
   * Prints the results to standard output.
   *
   * @throws CheckFailedException if a step failed
   */
  static void run(Arguments arguments) {
    CheckText text = new CheckText(System.out::println, Ansi.AUTO);
    CheckReport report =
        JobCheck.run(
            arguments.definition(),
            StreamExecutionEnvironment.getExecutionEnvironment().getConfiguration(),
            text);
    text.summary(report);
    List<String> failures =
        report.targets().stream()
            .flatMap(
                target ->
                    target.steps().stream()
                        .filter(step -> step.outcome() == Outcome.FAILED)
                        .map(
                            step ->
                                "%s  %s  %s".formatted(target.path(), step.step(), step.answer())))
            .toList();
    if (!failures.isEmpty()) {
      throw new CheckFailedException("The check failed:\n" + String.join("\n", failures));
    }
  }
}
