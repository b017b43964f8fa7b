package dev.outflow.job;

import dev.outflow.check.CheckReport;
import dev.outflow.check.CheckText;
import dev.outflow.check.JobCheck;
import dev.outflow.check.PreflightCheck;
import dev.outflow.compose.ComposedJob;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Help.Ansi;

/** Checks one definition after the other, and runs those that pass to the end of their inputs. */
final class ExampleJobs {
  private ExampleJobs() {}

  /**
   * Runs jobs.
   *
   * @param args a definition's file each, with overrides of its properties after {@code |}
   */
  public static void main(String[] args) {
    try {
      run(args);
    } catch (Exception e) {
      System.out.println("failed: " + e);
    }
    System.exit(0); // Azure's client has threads that are not daemons.
  }

  private static void run(String... args) throws Exception {
    for (String arg : args) {
      List<String> parts = List.of(arg.split("\\|"));
      String file = parts.get(0);
      List<String> sets = parts.subList(1, parts.size());
      CheckText text = new CheckText(System.out::println, Ansi.OFF);
      if (JobCheck.run(DefinitionSource.of(file).with(sets), new Configuration(), text).exitCode()
          != CheckReport.PASSED) {
        continue;
      }
      ComposedJob job =
          Definitions.compose(DefinitionReader.draft(DefinitionSource.of(file).with(sets)));
      PreflightCheck.run(job);
      job.submit().getJobExecutionResult().get(1, TimeUnit.MINUTES);
      System.out.println("finished " + job.name());
    }
  }
}
