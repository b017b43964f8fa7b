package dev.outflow.local;

import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.JobDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./outflow run}: a job in this JVM, with all it needs, until Ctrl-C. */
@Command(
    name = "run",
    description = {
      "Runs a job in this JVM with a Flink of its own, until Ctrl-C.",
      "Where the definition names a Kafka on localhost and none listens there, one is started and"
          + " gets the topics. Without FILE, a generator fills the input of the job that is shipped."
    })
final class RunCommand implements Callable<Integer> {
  private static final String SHIPPED_JOB = "conf/job.yaml";
  private static final String SHIPPED_GENERATOR = "conf/generator.yaml";

  @Mixin private JobArguments job;
  @Spec private CommandSpec spec;

  @Option(
      names = "--generator",
      paramLabel = "FILE",
      description = "Another definition to run beside the job, to fill its input.")
  private String generator;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Stop by itself after this time, as 30s or 2min.")
  private Duration time;

  @Override
  public Integer call() throws Exception {
    JobDefinition main = job.read();
    Optional<JobDefinition> beside =
        generatorFile().map(file -> DefinitionReader.read(file, List.of()));
    try (LocalRun run = LocalRun.start(main, beside, new Progress(spec.commandLine().getOut()))) {
      return run.watch(Optional.ofNullable(time));
    }
  }

  private Optional<String> generatorFile() {
    boolean shipped = job.file().equals(SHIPPED_JOB) && Files.exists(Path.of(SHIPPED_GENERATOR));
    return Optional.ofNullable(generator)
        .or(() -> shipped ? Optional.of(SHIPPED_GENERATOR) : Optional.empty());
  }
}
