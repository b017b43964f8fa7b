package dev.outflow.job;

import dev.outflow.definition.DefinitionSource;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The arguments of the main class: {@code flink run outflow.jar --config conf/job.yaml}. */
@Command(name = "outflow.jar", sortOptions = false)
final class Arguments {
  @Option(
      names = "--config",
      defaultValue = "conf/job.yaml",
      paramLabel = "FILE",
      description = {
        "The job definition: a URI, or a path, which is looked up in the working directory, the"
            + " jar's directory and the jar. Default: ${DEFAULT-VALUE}."
      })
  private String config;

  @Option(
      names = "--env",
      paramLabel = "NAME",
      description =
          "The environment whose file overrides the definition: job.NAME.yaml next to"
              + " job.yaml.")
  private Optional<String> environment = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Override one property: --set outputs.large_orders.topic=other. Repeatable.")
  private List<String> sets = List.of();

  @Option(
      names = "--skip-topic-checks",
      description =
          "Skip the checks against Kafka before the job starts, if only the cluster can reach"
              + " Kafka.")
  private boolean skipTopicChecks;

  @Option(
      names = "--check",
      description = "Test every connection of the job step by step, without submitting the job.")
  private boolean check;

  @Option(
      names = "--tables",
      description =
          "Print the job's tables for the SQL client, with outputs as readable tables, without"
              + " submitting the job.")
  private boolean tables;

  @Option(
      names = "--checkpoints",
      description =
          "List the checkpoints and savepoints that the job can continue from, the newest last,"
              + " without submitting the job.")
  private boolean checkpoints;

  private Arguments() {}

  /**
   * Parses the arguments.
   *
   * @throws IllegalArgumentException with the error and the usage
   */
  static Arguments parse(String... args) {
    Arguments arguments = new Arguments();
    CommandLine line = new CommandLine(arguments);
    try {
      line.parseArgs(args);
    } catch (ParameterException e) {
      throw new IllegalArgumentException(e.getMessage() + "\n" + line.getUsageMessage(), e);
    }
    return arguments;
  }

  DefinitionSource definition() {
    return new DefinitionSource(config, environment, sets);
  }

  boolean check() {
    return check;
  }

  boolean tables() {
    return tables;
  }

  boolean checkpoints() {
    return checkpoints;
  }

  boolean skipTopicChecks() {
    return skipTopicChecks;
  }
}
