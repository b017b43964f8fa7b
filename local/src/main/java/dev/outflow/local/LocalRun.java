package dev.outflow.local;

import dev.outflow.check.PreflightCheck;
import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.JobComposer;
import dev.outflow.definition.Draft;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.embedded.EmbeddedFlink;
import dev.outflow.kafka.output.KafkaOutput;
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

/** A job on embedded Flink and, where nothing listens on localhost, embedded Kafka. */
final class LocalRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalRun.class);
  private static final int SLOTS = 16;
  private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(10);

  private final StopSignal stop = StopSignal.listen();
  private final List<AutoCloseable> started = new ArrayList<>();
  private final List<OutputTail> tails = new ArrayList<>();
  private final Progress progress;
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
    EmbeddedFlink flink = closeLater(EmbeddedFlink.start(SLOTS, uiPorts));
    ComposedJob composed = compose(main, flink);
    Optional<ComposedJob> companion = second.map(draft -> compose(draft, flink));
    String configuration = EffectiveConfig.of(composed);
    LOG.info("Effective configuration:\n{}", configuration);
    if (explain) {
      progress.configuration(configuration);
    }
    LocalBrokers brokers =
        closeLater(
            LocalBrokers.start(
                Stream.concat(Stream.of(composed), companion.stream())
                    .map(ComposedJob::definition)
                    .toList()));
    try {
      PreflightCheck.run(composed);
      companion.ifPresent(PreflightCheck::run);
    } catch (InvalidDefinitionException e) {
      brokers.inUse().forEach(progress::noBrokerStarted);
      throw e;
    }
    composed
        .definition()
        .outputs()
        .forEach(
            (alias, output) ->
                tails.add(
                    closeLater(
                        OutputTail.start(
                            alias,
                            KafkaOutput.of(output.options(), alias),
                            RecordText.of(composed, alias)))));
    composed.warnings().forEach(warning -> LOG.warn("{}", warning));
    silence = SilentInputs.of(composed.definition());
    RunHeader header = RunHeader.of(composed, brokers.addresses(), flink.webUi());
    job = new FlinkRest(flink.webUi(), submit(composed).getJobID());
    companion.ifPresent(this::submit);
    progress.started(header);
  }

  /**
   * Prints the job's progress until it stops, {@code time} is over or Ctrl-C.
   *
   * @param time counted from when the job is RUNNING
   * @return the exit code
   */
  int watch(Optional<Duration> time) throws InterruptedException {
    return new RunMonitor(job, tails, progress, stop, silence, time).watch();
  }

  private static ComposedJob compose(Draft draft, EmbeddedFlink flink) {
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

  private JobClient submit(ComposedJob composed) {
    JobClient client = composed.submit();
    closeLater(() -> cancel(client));
    return client;
  }

  /** Waits for the end of the job: its clients would wait long for a broker that is gone. */
  private static void cancel(JobClient client) throws Exception {
    client
        .cancel()
        .thenCompose(accepted -> client.getJobExecutionResult().handle((result, canceled) -> null))
        .get(CANCEL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private <T extends AutoCloseable> T closeLater(T closeable) {
    started.add(0, closeable);
    return closeable;
  }

  /** Stops everything that was started, last first, even if one of them fails to stop. */
  @Override
  public void close() {
    for (AutoCloseable resource : started) {
      try {
        resource.close();
      } catch (Exception e) {
        // The job may have stopped before it could be canceled; the rest is shutting down anyway.
        LOG.info("Failed to stop cleanly", e);
      }
    }
    stop.close();
  }
}
