package dev.outflow.local;

import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.JobComposer;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.Draft;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which job, and what to change in it: the same for every command. */
final class JobArguments {
  static final String JSON = "--json";

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "conf/job.yaml",
      description = "The job's definition. Default: ${DEFAULT-VALUE}.")
  private String file;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Overrides one key: --set outputs.large_orders.topic=other. Repeatable.")
  private List<String> sets = List.of();

  @Option(
      names = JSON,
      description =
          "For tools: what is wrong, and the steps of 'check', as JSON on standard output.")
  private boolean json;

  String file() {
    return file;
  }

  boolean json() {
    return json;
  }

  List<String> sets() {
    return List.copyOf(sets);
  }

  /** As much of the definition with the overrides as can be read. */
  Draft draft() {
    return DefinitionReader.draft(file, sets);
  }

  /** The job, planned but with nowhere to run. */
  ComposedJob compose() {
    return JobComposer.compose(
        draft(), new Configuration(), StreamExecutionEnvironment::getExecutionEnvironment);
  }
}
