package dev.outflow.local;

import dev.outflow.compose.ComposedJob;
import dev.outflow.print.ReadOnlyTables;
import dev.outflow.print.SqlScript;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./outflow ddl}: the Flink SQL that a definition stands for. */
@Command(
    name = "ddl",
    description = "Prints the Flink SQL that a job stands for: its tables and its statements.")
final class DdlCommand implements Runnable {
  @Mixin private JobArguments job;

  @Option(
      names = "--tables",
      description = "Its tables only, and the outputs as tables to read: for Flink's SQL client.")
  private boolean tables;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine command = spec.commandLine();
    ComposedJob composed = job.compose();
    command.getOut().print(tables ? ReadOnlyTables.of(composed) : SqlScript.of(composed));
    composed.warnings().forEach(it -> command.getErr().println("Warning: " + it));
    command.getOut().flush();
  }
}
