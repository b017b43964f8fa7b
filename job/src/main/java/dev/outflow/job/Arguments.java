package dev.outflow.job;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What stands after the jar: {@code flink run outflow.jar --config conf/job.yaml --set a.b=c}. */
@Command(name = "outflow.jar", sortOptions = false)
final class Arguments {
  @Option(
      names = "--config",
      defaultValue = "conf/job.yaml",
      paramLabel = "FILE",
      description = {
        "The definition: a URI, or a path that is looked for in the working directory, beside the"
            + " jar and in the jar. Default: ${DEFAULT-VALUE}."
      })
  private String config;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Overrides one key: --set outputs.large_orders.topic=other. Repeatable.")
  private List<String> sets = List.of();

  @Option(
      names = "--skip-topic-checks",
      description = "Do not ask Kafka first: for when only the cluster reaches it.")
  private boolean skipTopicChecks;

  @Option(
      names = "--check",
      description =
          "Submit nothing: ask Kafka, and all that leads to it, step by step, and print the answers.")
  private boolean check;

  @Option(
      names = "--tables",
      description =
          "Submit nothing: print the job's tables for the SQL client, outputs as tables to read.")
  private boolean tables;

  private Arguments() {}

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException saying what is wrong and what there is
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

  String config() {
    return config;
  }

  List<String> sets() {
    return List.copyOf(sets);
  }

  boolean check() {
    return check;
  }

  boolean tables() {
    return tables;
  }

  boolean skipTopicChecks() {
    return skipTopicChecks;
  }
}
