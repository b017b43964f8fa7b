package dev.outflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outflow.definition.InvalidDefinitionException;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code ./outflow}. */
@Command(
    name = "outflow",
    description = "Runs Outflow jobs on this machine, with a Kafka and a Flink of their own.",
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      DdlCommand.class,
      SchemaCommand.class,
      DeadLettersCommand.class,
      TestCommand.class,
      NewCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:as asked",
      "1:the job failed",
      "2:the command line or the definition is wrong"
    },
    versionProvider = Outflow.Version.class,
    scope = CommandLine.ScopeType.INHERIT)
public final class Outflow {
  private static final Logger LOG = LoggerFactory.getLogger(Outflow.class);
  static final int FAILED = 1;
  static final int WRONG = 2;

  private Outflow() {}

  /** See {@code ./outflow --help}. */
  public static void main(String[] args) {
    System.exit(
        run(
            new PrintWriter(System.out, true, UTF_8),
            new PrintWriter(System.err, true, UTF_8),
            args));
  }

  /** Runs the command and returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new Outflow())
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(Outflow::explain)
        .execute(args);
  }

  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult asked) {
    if (failure instanceof InvalidDefinitionException invalid) {
      ProblemReport report = new ProblemReport(invalid.problems());
      if (asked.hasSubcommand() && asked.subcommand().hasMatchedOption(JobArguments.JSON)) {
        command.getOut().println(report.json());
      } else {
        command.getErr().print(report.text(CommandLine.Help.Ansi.AUTO.enabled()));
        command.getErr().flush();
      }
      return WRONG;
    }
    LOG.error("The command failed", failure);
    command
        .getErr()
        .printf("%s%nMore in the log: %s%n", failure, System.getProperty("outflow.log"));
    return FAILED;
  }

  /** From the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"outflow " + Outflow.class.getPackage().getImplementationVersion()};
    }
  }
}
