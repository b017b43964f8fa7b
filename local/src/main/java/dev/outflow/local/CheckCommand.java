package dev.outflow.local;

import dev.outflow.check.CheckJson;
import dev.outflow.check.CheckListener;
import dev.outflow.check.CheckReport;
import dev.outflow.check.CheckText;
import dev.outflow.check.JobCheck;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./outflow check}: whether a job could start here, and if not, at which step it ends. */
@Command(
    name = "check",
    description = {
      "Tests every connection of a job step by step, from this machine: definition, planning, DNS,"
          + " TCP, identity, vault, secrets, certificates, TLS, login, topics, permissions,"
          + " transactions. Changes nothing in Kafka, and waits for 20 s at most once the job is planned, whatever does not"
          + " answer.",
      "On a cluster: flink run outflow.jar --config FILE --check."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all is well; there may be warnings",
      "1:a step failed",
      "2:the definition or the command line is wrong"
    })
final class CheckCommand implements Callable<Integer> {
  @Mixin private JobArguments job;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
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
    return JobCheck.run(job.file(), job.sets(), new Configuration(), listener);
  }
}
