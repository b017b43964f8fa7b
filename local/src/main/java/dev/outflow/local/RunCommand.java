package dev.outflow.local;

import dev.outflow.definition.DefinitionFiles;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.definition.Draft;
import dev.outflow.definition.JobDefinition;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.local.watch.FileWatch;
import dev.outflow.local.watch.FileWatch.Save;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./outflow run}: runs a job in this JVM until Ctrl-C. */
@Command(
    name = "run",
    description = {
      "Run a job locally on an embedded Flink until Ctrl-C.",
      "If bootstrap-servers is an address on localhost where nothing listens, an embedded Kafka"
          + " broker is started there and the job's topics are created. The generator.yaml next to"
          + " the definition fills its input; for the sample job, topic 'orders'."
    })
final class RunCommand implements Callable<Integer> {
  private static final int FIRST_UI_PORT = 8081;
  private static final int LAST_UI_PORT = 8099;
  private static final Set<String> TOPIC_ADDRESS =
      Set.of(KafkaOptions.BOOTSTRAP_SERVERS.key(), KafkaOptions.TOPIC.key());
  private static final String GENERATOR = "generator.yaml";
  private static final Path SHIPPED_GENERATOR = Path.of("conf", GENERATOR);

  @Mixin private JobArguments job;
  @Spec private CommandSpec spec;

  @Option(
      names = "--generator",
      paramLabel = "FILE",
      description =
          "Definition of a second job that fills an input. Default: generator.yaml next to FILE, or"
              + " conf/generator.yaml, if it fills an input of the job.")
  private String generator;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Stop once the job has been RUNNING for this long, e.g. 30s or 2min.")
  private Duration time;

  @Option(
      names = "--explain",
      description =
          "Print the complete effective configuration and the origin of each value, then run. It is"
              + " always written to the log.")
  private boolean explain;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "${env:OUTFLOW_KAFKA_PORT}",
      description =
          "Port of the embedded broker, instead of the localhost port in bootstrap-servers."
              + " Default: the environment variable OUTFLOW_KAFKA_PORT, if set.")
  private Integer kafkaPort;

  @Option(
      names = "--ui-port",
      paramLabel = "PORT",
      defaultValue = "${env:OUTFLOW_UI_PORT}",
      description =
          "Port of Flink's web UI. Default: the environment variable OUTFLOW_UI_PORT or, if it is"
              + " not set, the first free port from 8081 to 8099.")
  private Integer uiPort;

  @Option(
      names = "--watch",
      description =
          "After each save, restart the job without its state, on the same Flink and Kafka. An"
              + " invalid definition leaves the running job alone.")
  private boolean watch;

  @Override
  public Integer call() throws Exception {
    if (watch && time != null) {
      throw invalid("--for cannot be combined with --watch");
    }
    Progress progress = new Progress(spec.commandLine().getOut(), spec.commandLine().getErr());
    FileWatch files = new FileWatch();
    files.add(DefinitionFiles.of(job.source()));
    Draft main = withFreeKafkaPort(job.source());
    Optional<DefinitionSource> second = generator(main.definition());
    second.map(DefinitionFiles::of).ifPresent(files::add);
    Optional<Draft> companion = second.map(this::withFreeKafkaPort);
    String uiPorts = uiPorts(progress);
    try (LocalRun run = LocalRun.start(main, companion, uiPorts, explain, progress)) {
      if (watch) {
        WatchText text = new WatchText(spec.commandLine().getOut(), Colors.auto());
        return run.watch(files, changedDefinitions(files, second), text);
      }
      int exitCode = run.watch(Optional.ofNullable(time));
      if (exitCode == 0) {
        progress.nextSteps(job.source());
      }
      return exitCode;
    }
  }

  private ChangedDefinitions changedDefinitions(
      FileWatch files, Optional<DefinitionSource> second) {
    return new ChangedDefinitions() {
      @Override
      public Draft main() {
        return read(job.source());
      }

      @Override
      public Optional<Draft> companion(Save save) {
        return second
            .filter(source -> DefinitionFiles.of(source).stream().anyMatch(save.files()::contains))
            .map(this::read);
      }

      private Draft read(DefinitionSource source) {
        files.add(DefinitionFiles.of(source));
        return withKafkaPort(source);
      }
    };
  }

  /** Returns the port or the range of ports for the web UI, as in Flink's rest.bind-port. */
  private String uiPorts(Progress progress) {
    if (uiPort != null) {
      LocalPort port = new LocalPort(uiPort);
      if (port.isInUse()) {
        throw invalid("--ui-port: %s; choose another port".formatted(port.inUse()));
      }
      return uiPort.toString();
    }
    int free =
        IntStream.rangeClosed(FIRST_UI_PORT, LAST_UI_PORT)
            .filter(port -> !new LocalPort(port).isInUse())
            .findFirst()
            .orElseThrow(
                () ->
                    invalid(
                        "ports %d to %d are in use; choose a port for the web UI with --ui-port"
                            .formatted(FIRST_UI_PORT, LAST_UI_PORT)));
    if (free != FIRST_UI_PORT) {
      progress.otherUiPort(new LocalPort(FIRST_UI_PORT), free);
    }
    return "%d-%d".formatted(free, LAST_UI_PORT);
  }

  private Draft withFreeKafkaPort(DefinitionSource source) {
    if (kafkaPort != null
        && !kafkaOverrides(DefinitionReader.draft(source)).isEmpty()
        && new LocalPort(kafkaPort).isInUse()) {
      throw invalid(
          "--kafka-port: %s; choose another port".formatted(new LocalPort(kafkaPort).inUse()));
    }
    return withKafkaPort(source);
  }

  private Draft withKafkaPort(DefinitionSource source) {
    Draft written = DefinitionReader.draft(source);
    return kafkaPort == null
        ? written
        : DefinitionReader.draft(source.with(kafkaOverrides(written)));
  }

  private List<String> kafkaOverrides(Draft written) {
    try {
      return new KafkaPort(kafkaPort).overrides(written.definition());
    } catch (IllegalArgumentException e) {
      throw invalid("--kafka-port: " + e.getMessage());
    }
  }

  /** The generator on the command line, or the default one if it fills an input of this job. */
  private Optional<DefinitionSource> generator(JobDefinition main) {
    if (generator != null) {
      return Optional.of(DefinitionSource.of(generator));
    }
    return Stream.of(Path.of(job.source().file()).resolveSibling(GENERATOR), SHIPPED_GENERATOR)
        .filter(Files::exists)
        .map(file -> DefinitionSource.of(file.toString()))
        .filter(source -> fills(withKafkaPort(source).definition(), main))
        .findFirst();
  }

  private static boolean fills(JobDefinition generator, JobDefinition main) {
    return generator.outputs().values().stream()
        .anyMatch(
            output ->
                main.inputs().values().stream()
                    .anyMatch(input -> isSameTopic(output.options(), input.options())));
  }

  private static boolean isSameTopic(Map<String, String> output, Map<String, String> input) {
    return TOPIC_ADDRESS.stream().allMatch(key -> Objects.equals(output.get(key), input.get(key)));
  }

  private ParameterException invalid(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
