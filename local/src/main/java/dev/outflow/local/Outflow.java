package dev.outflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outflow.definition.InvalidDefinitionException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** The command {@code ./outflow}. */
@Command(
    name = "outflow",
    description = "Run, check and test Outflow jobs locally, on embedded Kafka and Flink.",
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      DdlCommand.class,
      SchemaCommand.class,
      DeadLettersCommand.class,
      SampleCommand.class,
      PreviewCommand.class,
      ColumnsCommand.class,
      TestCommand.class,
      ImportCommand.class,
      NewCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:the job, a check or a test case failed",
      "2:invalid command line or definition"
    },
    versionProvider = Outflow.Version.class,
    scope = CommandLine.ScopeType.INHERIT)
public final class Outflow {
  private static final Logger LOG = LoggerFactory.getLogger(Outflow.class);

  private Outflow() {}

  /** Runs a command line; see {@code ./outflow --help}. */
  public static void main(String[] args) {
    // In Turkish, Kafka's brokers do not start; in Arabic, their files have other names.
    Locale.setDefault(Locale.ROOT);
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
        .setExecutionExceptionHandler(Outflow::report)
        .execute(args);
  }

  private static int report(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    if (failure instanceof InvalidDefinitionException invalid) {
      ProblemReport report = new ProblemReport(invalid.problems(), invalid.unchecked());
      if (parsed.hasSubcommand() && parsed.subcommand().hasMatchedOption(JobArguments.JSON)) {
        command.getOut().println(report.json());
      } else {
        command.getErr().print(report.text(Colors.auto()));
        command.getErr().flush();
      }
      return ExitCode.USAGE;
    }
    LOG.error("Command failed", failure);
    command
        .getErr()
        .printf(
            "%s%nSee the log for details: %s%n",
            isForPeople(failure) ? failure.getMessage() : failure,
            System.getProperty("outflow.log"));
    return ExitCode.SOFTWARE;
  }

  private static boolean isForPeople(Exception failure) {
    return failure instanceof IllegalStateException || failure instanceof UncheckedIOException;
  }

  /** Reads the version from the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"outflow " + Outflow.class.getPackage().getImplementationVersion()};
    }
  }
}
