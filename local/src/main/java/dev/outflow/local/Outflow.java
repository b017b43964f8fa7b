package dev.outflow.local;

import dev.outflow.definition.InvalidDefinitionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command {@code ./outflow}.
 *
 * <p>Exit codes: 0 as asked; 1 the job failed; 2 the command line or the definition is wrong.
 */
@Command(
    name = "outflow",
    description = "Runs Outflow jobs on this machine, with a Kafka and a Flink of their own.",
    subcommands = {RunCommand.class, DdlCommand.class, SchemaCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class Outflow {
  static final int FAILED = 1;
  static final int WRONG = 2;

  private Outflow() {}

  /** See {@code ./outflow --help}. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs the command and returns its exit code. */
  static int run(String... args) {
    return new CommandLine(new Outflow())
        .setExecutionExceptionHandler(Outflow::explain)
        .execute(args);
  }

  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult ignored) throws Exception {
    if (failure instanceof InvalidDefinitionException) {
      command.getErr().println(failure.getMessage());
      return WRONG;
    }
    throw failure;
  }
}
