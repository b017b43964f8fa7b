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

/** {@code ./outflow ddl}: prints the Flink SQL that is equivalent to a definition. */
@Command(name = "ddl", description = "Print the equivalent Flink SQL: tables and statements.")
final class DdlCommand implements Runnable {
  @Mixin private JobArguments job;

  @Option(
      names = "--tables",
      description =
          "Print only the tables, for Flink's SQL client, with outputs as readable tables.")
  private boolean tables;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine command = spec.commandLine();
    ComposedJob composed = job.compose();
    command.getOut().print(tables ? ReadOnlyTables.of(composed) : SqlScript.of(composed));
    composed.warnings().forEach(warning -> command.getErr().println("Warning: " + warning));
    command.getOut().flush();
  }
}
