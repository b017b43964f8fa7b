package dev.outflow.local;

import dev.outflow.definition.Draft;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Problem;
import dev.outflow.embedded.EmbeddedFlink;
import dev.outflow.local.preview.OrderingCounts;
import dev.outflow.local.preview.Preview;
import dev.outflow.local.preview.PreviewMonitor;
import dev.outflow.local.preview.Terminal;
import dev.outflow.option.Suggestion;
import dev.outflow.sampling.SampledInput;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./outflow preview}: shows what a job would write, from its real inputs. */
@Command(
    name = "preview",
    description = {
      "Run a job on its real inputs and show what it would write.",
      "Reads committed records from now on, with the inputs' own security. Rows are serialized as"
          + " for the outputs, but nothing is written: no consumer group is joined, no offset is"
          + " committed, and no transaction, checkpoint or dead letter is written. Bad records, late"
          + " rows and watermarks are shown. On a terminal a table refreshes until Ctrl-C; in a pipe,"
          + " or with --json, each row is a JSON object."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the preview ended as requested, or all inputs are bounded and were read",
      "1:the job failed",
      "2:invalid command line or definition, or an input cannot be read"
    })
final class PreviewCommand implements Callable<Integer> {
  /** Set by the launcher if standard output is a terminal. */
  private static final String TERMINAL = "outflow.terminal";

  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final int SLOTS = 2;
  private static final String ANY_PORT = "0";

  @Mixin private JobArguments job;

  @Option(
      names = "--output",
      paramLabel = "ALIAS",
      description =
          "Show only this output, and read only the inputs that its query uses. Repeatable.")
  private List<String> outputs = List.of();

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Read the records of this time first, e.g. 10min. Default: only new ones.")
  private Duration since;

  @Option(
      names = "--rows",
      paramLabel = "NUMBER",
      description = "Stop after this many rows of the outputs.")
  private Long rows;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Stop once the inputs have been read for this long, e.g. 30s.")
  private Duration time;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    checkPositive();
    Draft draft = job.draft();
    Set<String> aliases = aliases(draft.definition());
    boolean isTable = Boolean.getBoolean(TERMINAL) && !job.json();
    progress("starting Flink");
    try (StopSignal stop = StopSignal.listen();
        EmbeddedFlink flink = EmbeddedFlink.start(SLOTS, ANY_PORT, OrderingCounts.flinkOptions());
        Preview preview =
            Preview.plan(
                draft,
                Optional.ofNullable(since).map(DurationConverter::start),
                aliases,
                !isTable,
                flink)) {
      checkInputs(preview);
      preview.start();
      monitor(preview, isTable).watch(stop::requestedWithin);
    }
    return ExitCode.OK;
  }

  private void checkPositive() {
    if (rows != null && rows < 1) {
      throw invalid("--rows: must be at least 1");
    }
    if (since != null && (since.isNegative() || since.isZero())) {
      throw invalid("--since: must be positive, e.g. 10min");
    }
  }

  /** Returns the outputs to show; empty for all. */
  private Set<String> aliases(JobDefinition definition) {
    for (String alias : outputs) {
      if (!definition.outputs().containsKey(alias)) {
        throw invalid(
            "--output: unknown output '%s'%s"
                .formatted(alias, Suggestion.among(definition.outputs().keySet(), alias)));
      }
    }
    return Set.copyOf(outputs);
  }

  /** Reports everything that prevents the job from reading its inputs. */
  private void checkInputs(Preview preview) {
    List<Problem> problems = new ArrayList<>();
    preview
        .inputs()
        .forEach(
            input -> {
              progress("connecting to " + input);
              try {
                SampledInput.of(preview.job().definition(), input.name()).check(TIMEOUT);
              } catch (InvalidDefinitionException e) {
                problems.addAll(e.problems());
              }
            });
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
  }

  private PreviewMonitor monitor(Preview preview, boolean isTable) {
    PrintWriter out = spec.commandLine().getOut();
    return isTable
        ? PreviewMonitor.ofTerminal(
            preview,
            out,
            Terminal.ofProcess(),
            RecordText::of,
            Optional.ofNullable(rows),
            Optional.ofNullable(time))
        : PreviewMonitor.ofJsonLines(
            preview,
            out,
            spec.commandLine().getErr(),
            RecordText::of,
            Optional.ofNullable(rows),
            Optional.ofNullable(time));
  }

  private void progress(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  private ParameterException invalid(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
