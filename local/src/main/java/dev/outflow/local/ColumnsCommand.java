package dev.outflow.local;

import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.definition.Draft;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.Problem;
import dev.outflow.sampling.EmptySampleException;
import dev.outflow.sampling.LocatedOptions;
import dev.outflow.sampling.SampleSize;
import dev.outflow.sampling.SampledInput;
import dev.outflow.sampling.TopicSample;
import dev.outflow.sampling.column.InputProposal;
import dev.outflow.sampling.column.NoColumnsException;
import dev.outflow.sampling.column.ProposalYaml;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.table.factories.FactoryUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./outflow columns}: infers the columns of an input from a sample of its topic. */
@Command(
    name = "columns",
    description = {
      "Infer the columns and the event time of a topic from a sample.",
      "Prints YAML to paste below 'inputs:', with a comment for each column on how many rows have a"
          + " value. The columns read every good record of the sample. Reads JSON, CSV, and"
          + " Avro with a schema registry. No consumer group is joined, and Kafka is not modified. Takes about 15 s at most."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:the topic has no records to read, or none that columns can be inferred from",
      "2:invalid command line or definition, or the topic cannot be read"
    })
final class ColumnsCommand implements Callable<Integer> {
  private static final List<String> FORMATS = List.of("json", "csv", "avro-confluent");
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  @Parameters(
      index = "0",
      paramLabel = "INPUT|BROKERS/TOPIC",
      description =
          "The name of a Kafka input, whose columns may be wrong or missing; or a topic"
              + ", e.g. broker:9092/orders.")
  private String source;

  @Mixin private JobArguments job;

  @Option(
      names = "--rows",
      paramLabel = "NUMBER",
      defaultValue = "1000",
      description = "How many records to read at most: the latest ones. Default: ${DEFAULT-VALUE}.")
  private int records;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "The format of the records: json, csv or avro-confluent. Default: detected.")
  private Optional<String> format = Optional.empty();

  @Option(
      names = "--connection",
      paramLabel = "FILE",
      description = {
        "The security and other options of BROKERS/TOPIC, in YAML with the keys of an input, e.g."
            + " 'security-protocol: sasl_ssl'. Secrets are references such as ${env:NAME}."
      })
  private Optional<String> connection = Optional.empty();

  @Spec private CommandSpec spec;

  /**
   * A sample and what it proposes.
   *
   * @param connection what names its topic in the proposal
   */
  private record Source(
      TopicSample sample, InputProposal proposal, String alias, Map<String, String> connection) {}

  @Override
  public Integer call() {
    if (records < 1) {
      throw invalid("--rows: must be at least 1");
    }
    Optional<String> known = valid(() -> known(format));
    try {
      Source read = source.contains("/") ? topic(known) : input(known);
      TopicSample sample = read.sample();
      progress().accept("%d records, %s".formatted(sample.records().size(), sample.period()));
      sample.limit().ifPresent(limit -> progress().accept("the sample is smaller: " + limit));
      PrintWriter out = spec.commandLine().getOut();
      out.print(new ProposalYaml(read.proposal(), read.alias(), read.connection()).text());
      out.flush();
      return ExitCode.OK;
    } catch (EmptySampleException | NoColumnsException e) {
      progress().accept(e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  /**
   * Returns the value of {@code --format}.
   *
   * @throws IllegalArgumentException if columns cannot be inferred from it; the message is for the
   *     user
   */
  static Optional<String> known(Optional<String> format) {
    if (format.isPresent() && !FORMATS.contains(format.get())) {
      throw new IllegalArgumentException(
          "--format: columns cannot be inferred from '%s'; expected one of %s"
              .formatted(format.get(), String.join(", ", FORMATS)));
    }
    return format;
  }

  private Source topic(Optional<String> known) {
    SampledTopic topic = valid(() -> SampledTopic.of(source, connection));
    TopicSample sample = topic.read(size(), progress());
    return new Source(sample, topic.propose(sample, known), topic.alias(), topic.options());
  }

  private Source input(Optional<String> known) {
    if (connection.isPresent()) {
      throw invalid("--connection: input '%s' has a connection of its own".formatted(source));
    }
    Draft draft = withColumns(job.source());
    boolean isUnusable = !draft.definition().inputs().containsKey(source);
    List<Problem> problems =
        draft.problems().stream().filter(problem -> isUnusable || !isInferred(problem)).toList();
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
    SampledInput input = valid(() -> SampledInput.of(draft.definition(), source));
    Optional<String> written =
        Optional.ofNullable(input.options().get(FactoryUtil.FORMAT.key()))
            .filter(FORMATS::contains);
    TopicSample sample = input.read(size(), progress());
    InputProposal proposal =
        LocatedOptions.read(
            draft.definition(),
            key -> "inputs.%s.%s".formatted(source, key),
            () -> InputProposal.of(sample, known.or(() -> written), input.options()));
    return new Source(sample, proposal, source, Map.of());
  }

  /** Adds a placeholder column, without which an input that has no columns is invalid. */
  private Draft withColumns(DefinitionSource written) {
    Draft draft = DefinitionReader.draft(written);
    if (draft.definition().inputs().containsKey(source)) {
      return draft;
    }
    Draft completed =
        DefinitionReader.draft(
            written.with(List.of("inputs.%s.columns={any: STRING}".formatted(source))));
    return completed.definition().inputs().containsKey(source) ? completed : draft;
  }

  /** Returns whether a problem is of the properties that the command proposes, or uses them. */
  private boolean isInferred(Problem problem) {
    String input = "inputs." + source;
    return problem.property().equals(input)
        || problem.property().startsWith(input + ".columns")
        || problem.property().startsWith(input + ".event-time")
        || !problem.property().startsWith("inputs.");
  }

  private SampleSize size() {
    return new SampleSize(records, Optional.empty(), TIMEOUT);
  }

  private Consumer<String> progress() {
    PrintWriter err = spec.commandLine().getErr();
    return line -> {
      err.println(line);
      err.flush();
    };
  }

  private <T> T valid(Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      throw invalid(e.getMessage());
    }
  }

  private ParameterException invalid(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
