package dev.outflow.local;

import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.JobDefinition;
import dev.outflow.job.ComposedJob;
import dev.outflow.job.JobComposer;
import dev.outflow.job.JobOptions;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which job, and what to change in it: the same for every command. */
final class JobArguments {
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

  String file() {
    return file;
  }

  List<String> sets() {
    return List.copyOf(sets);
  }

  /** The definition with the overrides. */
  JobDefinition read() {
    return DefinitionReader.read(file, sets);
  }

  /** The job, planned but with nowhere to run. */
  ComposedJob compose() {
    JobDefinition definition = read();
    return JobComposer.compose(
        definition,
        StreamTableEnvironment.create(
            StreamExecutionEnvironment.getExecutionEnvironment(
                JobOptions.of(definition, new Configuration()))));
  }
}
