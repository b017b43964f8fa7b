package dev.outflow.job;

import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.JobComposer;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.definition.Draft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Reads definitions given as text in a test, and composes them as the main class does. */
public final class Definitions {
  private Definitions() {}

  public static Draft read(Path folder, String yaml) throws IOException {
    Path file = folder.resolve("job.yaml");
    Files.writeString(file, yaml);
    return DefinitionReader.draft(DefinitionSource.of(file.toString()));
  }

  public static ComposedJob compose(Draft definition) {
    return JobComposer.compose(
        definition, new Configuration(), StreamExecutionEnvironment::getExecutionEnvironment);
  }
}
