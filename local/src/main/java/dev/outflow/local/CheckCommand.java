package dev.outflow.local;

import dev.outflow.check.CheckJson;
import dev.outflow.check.CheckListener;
import dev.outflow.check.CheckReport;
import dev.outflow.check.CheckText;
import dev.outflow.check.JobCheck;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.InvalidDefinitionException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./outflow check}: checks step by step that a job can start here. */
@Command(
    name = "check",
    description = {
      "Check step by step that a job can start on this machine.",
      "The steps are definition, planning, files, DNS, TCP, identity, vault, secrets, certificates, TLS,"
          + " login, topics, permissions and transactions. Kafka is not modified. Once the job is"
          + " planned, this takes at most 20 s.",
      "On a cluster: flink run outflow.jar --config FILE --check"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all checks passed, possibly with warnings",
      "1:a check failed",
      "2:invalid command line or definition"
    })
final class CheckCommand implements Callable<Integer> {
  @Mixin private JobArguments job;
  @Spec private CommandSpec spec;

  @Option(
      names = "--offline",
      description = "Check the definition and its plan only, without any connection.")
  private boolean offline;

  @Option(
      names = "--watch",
      description =
          "Check again after each save until Ctrl-C, as with --offline. With --json, each problem"
              + " is one line for the problem matcher of an editor.")
  private boolean watch;

  @Override
  public Integer call() {
    if (watch) {
      return new CheckWatch(job.source(), spec.commandLine().getOut(), job.json()).run();
    }
    PrintWriter out = spec.commandLine().getOut();
    CheckReport report;
    if (job.json()) {
      report = run(CheckListener.NONE);
      out.println(CheckJson.of(report));
    } else {
      CheckText text =
          new CheckText(
              line -> {
                out.println(line);
                out.flush();
              },
              CommandLine.Help.Ansi.AUTO);
      report = run(text);
      text.summary(report);
    }
    out.flush();
    return report.exitCode();
  }

  private CheckReport run(CheckListener listener) {
    if (offline) {
      return JobCheck.runOffline(job.source(), listener);
    }
    try {
      FileSystemPlugins.load(DefinitionReader.draft(job.source()).definition().flink());
    } catch (InvalidDefinitionException e) {
      // The check reports it.
    }
    return JobCheck.run(job.source(), new Configuration(), listener);
  }
}
