package dev.outflow.local;

import dev.outflow.kafka.TopicSubscription;
import dev.outflow.kafka.input.RecordRows;
import dev.outflow.sampling.EmptySampleException;
import dev.outflow.sampling.Masks;
import dev.outflow.sampling.RowJson;
import dev.outflow.sampling.SampleSize;
import dev.outflow.sampling.SampledInput;
import dev.outflow.sampling.SampledRows;
import dev.outflow.sampling.TopicSample;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./outflow sample}: prints the rows of an input, or writes them as a test case. */
@Command(
    name = "sample",
    description = {
      "Print the rows of a Kafka input, or write them as a test case.",
      "Reads committed records with the input's own security and format, one JSON object per row."
          + " Bad records are shown as {\"bad-record\": ...} with their error code. Computed columns"
          + " are left out. No consumer group is joined, and Kafka is not modified. Takes about 15 s"
          + " at most."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:the topic has no records to read, or they cannot be decoded now",
      "2:invalid command line or definition, or the topic cannot be read"
    })
final class SampleCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  @Parameters(index = "0", paramLabel = "INPUT", description = "The name of a Kafka input.")
  private String input;

  @Mixin private JobArguments job;

  @Option(
      names = "--rows",
      paramLabel = "NUMBER",
      defaultValue = "100",
      description = "How many records to read at most: the latest ones. Default: ${DEFAULT-VALUE}.")
  private int records;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Read the first records of this time instead, e.g. 10min.")
  private Duration since;

  @Option(
      names = "--into",
      paramLabel = "CASE",
      description =
          "Write the rows as the input's file of a test case, e.g. conf/tests/morning. Existing"
              + " files are not overwritten.")
  private Path into;

  @Option(
      names = "--mask",
      paramLabel = "COLUMN",
      description =
          "Hide a column or one of its fields, e.g. customer.name. It becomes null, or a constant if it"
              + " is NOT NULL. Repeatable.")
  private List<String> masked = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (records < 1) {
      throw invalid("--rows: must be at least 1");
    }
    SampledInput sampled = valid(() -> SampledInput.of(job.draft().orElseThrow(), input));
    Optional<SampleCase> testCase =
        Optional.ofNullable(into).map(folder -> new SampleCase(folder, input, job.source().file()));
    testCase.ifPresent(wanted -> wanted.findConflict().ifPresent(this::reject));
    ResolvedSchema columns = sampled.columns();
    RecordRows reader = valid(() -> sampled.rows(columns));
    Masks masks = valid(() -> Masks.of(reader.type(), masked));
    TopicSample sample;
    try {
      sample = sampled.read(size(), progress());
    } catch (EmptySampleException e) {
      progress().accept(e.getMessage());
      return ExitCode.SOFTWARE;
    }
    RowJson json =
        new RowJson(
            reader.type(),
            columns.getColumns().stream().map(Column::getName).toList(),
            sampled.options());
    SampledRows rows;
    try {
      rows = SampledRows.of(sample, reader, json, masks);
    } catch (IOException e) { // For example, the schema registry does not respond.
      progress().accept("the records cannot be decoded now: " + e.getMessage());
      return ExitCode.SOFTWARE;
    }
    report(sampled, sample, rows);
    if (testCase.isPresent()) {
      testCase.get().write(rows.good().stream().map(RowJson::line).toList());
      progress()
          .accept(
              "wrote %s; './outflow test %s --accept' adds the expected rows"
                  .formatted(testCase.get().file(), into));
    } else {
      PrintWriter out = spec.commandLine().getOut();
      rows.all().forEach(out::println);
      out.flush();
    }
    return ExitCode.OK;
  }

  private SampleSize size() {
    return new SampleSize(
        records, Optional.ofNullable(since).map(DurationConverter::start), TIMEOUT);
  }

  private Consumer<String> progress() {
    PrintWriter err = spec.commandLine().getErr();
    return line -> {
      err.println(line);
      err.flush();
    };
  }

  private void report(SampledInput sampled, TopicSample sample, SampledRows rows) {
    progress()
        .accept(
            "%d rows of %d records of %s, %s%s"
                .formatted(
                    rows.good().size(),
                    sample.records().size(),
                    topics(sampled.kafka().topics()),
                    sample.period(),
                    rows.badRecords() == 0
                        ? ""
                        : "; bad records: %d%s"
                            .formatted(
                                rows.badRecords(), into == null ? "" : ", not in the test case")));
    sample.limit().ifPresent(limit -> progress().accept("the sample is smaller: " + limit));
  }

  private static String topics(TopicSubscription topics) {
    return topics instanceof TopicSubscription.TopicPattern
        ? topics.toString()
        : "'%s'".formatted(String.join("', '", topics.names()));
  }

  private <T> T valid(Supplier<T> read) {
    try {
      return read.get();
    } catch (UnsupportedOperationException e) {
      throw invalid("input '%s' has a format that only a job can read".formatted(input));
    } catch (IllegalArgumentException e) {
      throw invalid(e.getMessage());
    }
  }

  private void reject(String message) {
    throw invalid(message);
  }

  private ParameterException invalid(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
