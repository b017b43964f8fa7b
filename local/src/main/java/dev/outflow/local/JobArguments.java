package dev.outflow.local;

import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.JobComposer;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.definition.Draft;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The job definition and its overrides: parameters that most commands share. */
final class JobArguments {
  static final String JSON = "--json";
  static final String ENV = "--env";

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "conf/job.yaml",
      description = "The job definition. Default: ${DEFAULT-VALUE}.")
  private String file;

  @Option(
      names = ENV,
      paramLabel = "NAME",
      description =
          "The environment whose file overrides the definition: job.NAME.yaml next to"
              + " job.yaml.")
  private Optional<String> environment = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Override a property, e.g. --set outputs.large_orders.topic=other. Repeatable.")
  private List<String> sets = List.of();

  @Option(
      names = JSON,
      description = "Print problems ('check': all steps) to standard output, as JSON for tools.")
  private boolean json;

  DefinitionSource source() {
    return new DefinitionSource(file, environment, sets);
  }

  boolean json() {
    return json;
  }

  /** Reads as much as possible of the definition, with the overrides. */
  Draft draft() {
    return DefinitionReader.draft(source());
  }

  /** Returns the planned job; it cannot be run. */
  ComposedJob compose() {
    return JobComposer.compose(
        draft(), new Configuration(), StreamExecutionEnvironment::getExecutionEnvironment);
  }
}
