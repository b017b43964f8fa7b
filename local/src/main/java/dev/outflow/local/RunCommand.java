package dev.outflow.local;

import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.Draft;
import dev.outflow.definition.JobDefinition;
import dev.outflow.kafka.option.KafkaOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
          + " gets the topics. The topic 'orders' of localhost:9092 is filled by conf/generator.yaml."
    })
final class RunCommand implements Callable<Integer> {
  private static final Set<String> SAME =
      Set.of(KafkaOptions.BOOTSTRAP_SERVERS.key(), KafkaOptions.TOPIC.key());
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
    Draft main = job.draft();
    Optional<Draft> beside = generator(main.definition());
    try (LocalRun run = LocalRun.start(main, beside, new Progress(spec.commandLine().getOut()))) {
      return run.watch(Optional.ofNullable(time));
    }
  }

  /** The one that is asked for, or the shipped one if it fills an input of this job. */
  private Optional<Draft> generator(JobDefinition main) {
    if (generator != null) {
      return Optional.of(DefinitionReader.draft(generator, List.of()));
    }
    if (!Files.exists(Path.of(SHIPPED_GENERATOR))) {
      return Optional.empty();
    }
    Draft shipped = DefinitionReader.draft(SHIPPED_GENERATOR, List.of());
    return Optional.of(shipped).filter(it -> fills(it.definition(), main));
  }

  private static boolean fills(JobDefinition generator, JobDefinition main) {
    return generator.outputs().values().stream()
        .map(output -> output.options())
        .anyMatch(
            output ->
                main.inputs().values().stream()
                    .map(input -> input.options())
                    .anyMatch(input -> SAME.stream().allMatch(key -> same(key, output, input))));
  }

  private static boolean same(String key, Map<String, String> output, Map<String, String> input) {
    return Objects.equals(output.get(key), input.get(key));
  }
}
