package dev.outflow.job;

import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.JobDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** Definitions written as text in a test, and composed as the job does it. */
final class Definitions {
  private Definitions() {}

  static JobDefinition read(Path folder, String yaml) throws IOException {
    Path file = folder.resolve("job.yaml");
    Files.writeString(file, yaml);
    return DefinitionReader.read(file.toString(), List.of());
  }

  static ComposedJob compose(JobDefinition definition) {
    return JobComposer.compose(
        definition,
        StreamTableEnvironment.create(
            StreamExecutionEnvironment.getExecutionEnvironment(
                JobOptions.of(definition, new Configuration()))));
  }
}
