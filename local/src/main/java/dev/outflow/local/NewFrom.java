package dev.outflow.local;

import dev.outflow.local.project.StarterJob;
import dev.outflow.local.project.StarterProject;
import dev.outflow.sampling.SampleSize;
import dev.outflow.sampling.TopicSample;
import dev.outflow.sampling.column.InputProposal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The topic from which {@code ./outflow new} creates a project. */
final class NewFrom {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final int RECORDS = 1000;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "BROKERS/TOPIC",
      description = "The topic, e.g. broker:9092/orders. Its latest 1000 records are read.")
  private String source;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "The format of the records, json, csv or avro-confluent. Default: detected.")
  private Optional<String> format = Optional.empty();

  @Option(
      names = "--connection",
      paramLabel = "FILE",
      description =
          "The security and other options of the topic, in YAML with the keys of an input, e.g."
              + " 'security-protocol: sasl_ssl'. Secrets are references such as ${env:NAME}.")
  private Optional<String> connection = Optional.empty();

  @Option(
      names = "--mask",
      paramLabel = "COLUMN",
      description =
          "Hide a column or one of its fields in all files, e.g. customer.name. Repeatable; see"
              + " './outflow sample'.")
  private List<String> masked = List.of();

  /**
   * Reads a sample and writes the files that come from it.
   *
   * @param folder an empty folder
   */
  StarterProject write(Path folder, String name, CommandLine command) throws IOException {
    PrintWriter err = command.getErr();
    try {
      Optional<String> known = ColumnsCommand.known(format);
      SampledTopic topic = SampledTopic.of(source, connection);
      TopicSample sample =
          topic.read(
              new SampleSize(RECORDS, Optional.empty(), TIMEOUT),
              line -> {
                err.println(line);
                err.flush();
              });
      InputProposal proposal = topic.propose(sample, known);
      err.printf("%d records, %s%n", sample.records().size(), sample.period());
      proposal.notes().forEach(note -> err.println("Note: " + note));
      StarterJob job =
          new StarterJob(
              name,
              topic.bootstrapServers(),
              topic.topic(),
              topic.connection().options(),
              proposal);
      StarterProject project = new StarterProject(folder, job);
      project.write(sample, masked);
      return project;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, e.getMessage());
    }
  }

  /** Returns what the user can do with a new project. */
  String nextSteps(StarterJob job, Optional<String> failure) {
    return """
        Created %1$s, whose job reads '%2$s'%3$s. On this machine, with generated records:
          cd %1$s
          ./outflow run
          ./outflow test
        With the brokers of the topic, which are in conf/job.%4$s.yaml, once topic '%5$s' exists there:
          ./outflow check --env %4$s
        Next steps: %1$s/README.md"""
        .formatted(
            job.name(),
            job.topic(),
            failure.map("; its test case failed: "::concat).orElse(""),
            StarterJob.ENVIRONMENT,
            job.outputTopic());
  }
}
