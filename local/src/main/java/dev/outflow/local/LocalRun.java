package dev.outflow.local;

import dev.outflow.check.PreflightCheck;
import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.JobComposer;
import dev.outflow.definition.Draft;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import dev.outflow.embedded.EmbeddedFlink;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.local.watch.FileWatch;
import dev.outflow.local.watch.FileWatch.Save;
import dev.outflow.local.watch.Pause;
import dev.outflow.print.EffectiveConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;

/** A job on embedded Flink and, where nothing listens on localhost, embedded Kafka. */
final class LocalRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalRun.class);
  private static final int SLOTS = 16;
  private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(10);

  private final StopSignal stop = StopSignal.listen();
  private final List<AutoCloseable> started = new ArrayList<>();
  private final List<AutoCloseable> startedForJob = new ArrayList<>();
  private final List<AutoCloseable> startedForCompanion = new ArrayList<>();
  private final List<OutputTail> tails = new ArrayList<>();
  private final Progress progress;
  private EmbeddedFlink flink;
  private LocalBrokers brokers;
  private FlinkRest job;
  private SilentInputs silence;

  private LocalRun(Progress progress) {
    this.progress = progress;
  }

  /**
   * Starts the job.
   *
   * @param companion a second job that fills an input of the first
   * @param uiPorts port or range of ports for the web UI
   * @param explain whether to print the complete effective configuration
   * @throws InvalidDefinitionException with all problems of the definitions
   */
  static LocalRun start(
      Draft main, Optional<Draft> companion, String uiPorts, boolean explain, Progress progress)
      throws Exception {
    LocalRun run = new LocalRun(progress);
    try {
      run.start(main, companion, uiPorts, explain);
      return run;
    } catch (Exception | Error e) {
      run.close();
      throw e;
    }
  }

  private void start(Draft main, Optional<Draft> second, String uiPorts, boolean explain) {
    FileSystemPlugins.load(main.definition().flink());
    flink = closeLater(started, EmbeddedFlink.start(SLOTS, uiPorts));
    ComposedJob composed = compose(main);
    Optional<ComposedJob> companion = second.map(this::compose);
    String configuration = EffectiveConfig.of(composed);
    LOG.info("Effective configuration:\n{}", configuration);
    if (explain) {
      progress.configuration(configuration);
    }
    brokers = closeLater(started, LocalBrokers.start(definitions(composed, companion)));
    try {
      PreflightCheck.run(composed);
      companion.ifPresent(PreflightCheck::run);
    } catch (InvalidDefinitionException e) {
      brokers.inUse().forEach(progress::noBrokerStarted);
      throw e;
    }
    RunHeader header = RunHeader.of(composed, brokers.addresses(), flink.webUi());
    submit(composed);
    companion.ifPresent(definition -> submit(definition, startedForCompanion));
    progress.started(header);
  }

  /**
   * Replaces the job by another one, which starts without state. The old job keeps running if the
   * other one is invalid.
   *
   * @param second replaces the companion; empty to keep it
   * @throws InvalidDefinitionException with all problems of the definitions
   */
  private void replace(Draft main, Optional<Draft> second) {
    ComposedJob composed = compose(main);
    Optional<ComposedJob> companion = second.map(this::compose);
    brokers.add(definitions(composed, companion));
    PreflightCheck.run(composed);
    companion.ifPresent(PreflightCheck::run);
    close(startedForJob);
    tails.clear();
    submit(composed);
    companion.ifPresent(
        definition -> {
          close(startedForCompanion);
          submit(definition, startedForCompanion);
        });
  }

  private static List<JobDefinition> definitions(
      ComposedJob composed, Optional<ComposedJob> companion) {
    return Stream.concat(Stream.of(composed), companion.stream())
        .map(ComposedJob::definition)
        .toList();
  }

  /**
   * Prints the job's progress until it stops, {@code time} is over or Ctrl-C.
   *
   * @param time counted from when the job is RUNNING
   * @return the exit code
   */
  int watch(Optional<Duration> time) throws InterruptedException {
    RunMonitor monitor = monitor(stop::requestedWithin, time);
    monitor.follow();
    return monitor.finish();
  }

  /**
   * Prints the job's progress until Ctrl-C, and replaces the job after each save.
   *
   * @param files the files of the definitions
   * @param definitions reads them again
   * @return the exit code after Ctrl-C, which is the only end
   */
  int watch(FileWatch files, ChangedDefinitions definitions, WatchText text) {
    SaveOrStop pause = new SaveOrStop(files, stop);
    RunMonitor monitor = monitor(pause, Optional.empty());
    try {
      Optional<Save> save;
      do {
        monitor.follow();
        if (!pause.isSaved()) {
          monitor.finish();
          if (!stop.isRequested()) {
            text.line("Waiting for the next save; press Ctrl-C to stop");
          }
        }
        save = pause.await();
        if (save.isPresent()) {
          text.saved(save.get());
          if (replaced(definitions, save.get(), text)) {
            monitor = monitor(pause, Optional.empty());
          }
        }
      } while (save.isPresent());
    } catch (InterruptedException e) { // As Ctrl-C.
      monitor.finish();
    }
    return ExitCode.OK;
  }

  private boolean replaced(ChangedDefinitions definitions, Save save, WatchText text) {
    try {
      replace(definitions.main(), definitions.companion(save));
      text.line(
          "%s in %s, without state: windows and joins start empty; Kafka and its topics are kept"
              .formatted(text.colors().green("restarted"), WatchText.since(save.time())));
      return true;
    } catch (InvalidDefinitionException e) {
      text.problems(e.problems(), e.unchecked());
      text.line(
          "%s, %s; the last valid job keeps running"
              .formatted(text.colors().red("not restarted"), WatchText.since(save.time())));
      return false;
    } catch (RuntimeException e) { // The next save may be better.
      LOG.error("The job could not be replaced", e);
      text.failed(e);
      return true; // If the old job has been stopped already, the monitor says so.
    }
  }

  private RunMonitor monitor(Pause pause, Optional<Duration> time) {
    return new RunMonitor(job, List.copyOf(tails), progress, pause, silence, time);
  }

  private ComposedJob compose(Draft draft) {
    return JobComposer.compose(
        draft,
        new Configuration(),
        options -> {
          // Transactional ids and consumer groups derive from it: never those of the real job.
          options.set(
              PipelineOptions.NAME,
              "%s-local-%s".formatted(draft.definition().name(), System.getProperty("user.name")));
          return flink.environment(options);
        });
  }

  private void submit(ComposedJob composed) {
    composed
        .definition()
        .outputs()
        .forEach(
            (alias, output) ->
                tails.add(
                    closeLater(
                        startedForJob,
                        OutputTail.start(
                            alias,
                            KafkaOutput.of(output.options(), alias),
                            RecordText.of(composed, alias)))));
    composed.warnings().forEach(warning -> LOG.warn("{}", warning));
    silence = SilentInputs.of(composed.definition());
    job = new FlinkRest(flink.webUi(), submit(composed, startedForJob).getJobID());
  }

  private static JobClient submit(ComposedJob composed, List<AutoCloseable> started) {
    JobClient client = composed.submit();
    closeLater(started, () -> cancel(client));
    return client;
  }

  /** Waits for the end of the job: its clients would wait long for a broker that is gone. */
  private static void cancel(JobClient client) throws Exception {
    client
        .cancel()
        .thenCompose(accepted -> client.getJobExecutionResult().handle((result, canceled) -> null))
        .get(CANCEL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static <T extends AutoCloseable> T closeLater(List<AutoCloseable> started, T closeable) {
    started.add(0, closeable);
    return closeable;
  }

  /** Stops everything that was started, last first, even if one of them fails to stop. */
  @Override
  public void close() {
    List.of(startedForCompanion, startedForJob, started).forEach(LocalRun::close);
    stop.close();
  }

  private static void close(List<AutoCloseable> started) {
    for (AutoCloseable resource : started) {
      try {
        resource.close();
      } catch (Exception e) {
        // The job may have stopped before it could be canceled; the rest is shutting down anyway.
        LOG.info("Failed to stop cleanly", e);
      }
    }
    started.clear();
  }
}
