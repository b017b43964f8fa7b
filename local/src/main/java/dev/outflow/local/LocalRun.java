package dev.outflow.local;

import dev.outflow.check.PreflightCheck;
import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.JobComposer;
import dev.outflow.definition.Draft;
import dev.outflow.definition.JobDefinition;
import dev.outflow.embedded.EmbeddedFlink;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.print.EffectiveConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job on this machine, with its own Flink and, where needed, its own Kafka. */
final class LocalRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalRun.class);
  private static final int SLOTS = 16;
  private static final String WEB_UI_PORTS = "8081-8099";
  private static final String RESTARTING = "RESTARTING";
  private static final Set<String> ENDED = Set.of("FINISHED", "FAILED", "CANCELED");
  private static final Set<String> WELL = Set.of("RUNNING", "FINISHED");
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration READING_ON = Duration.ofSeconds(2);
  private static final Duration STATUS_EVERY = Duration.ofSeconds(5);
  private static final Duration SAMPLE_EVERY = Duration.ofSeconds(2);
  private static final Duration CANCELLING = Duration.ofSeconds(10);

  private final StopSignal stop = StopSignal.listen();
  private final Instant begin = Instant.now();
  private final List<AutoCloseable> started = new ArrayList<>();
  private final List<OutputTail> tails = new ArrayList<>();
  private final Map<String, Instant> lastSample = new HashMap<>();
  private final Progress progress;
  private FlinkRest job;

  private LocalRun(Progress progress) {
    this.progress = progress;
  }

  /**
   * Starts the job.
   *
   * @param beside another job to run with it, that fills its input
   * @throws dev.outflow.definition.InvalidDefinitionException with everything that is wrong
   */
  static LocalRun start(Draft main, Optional<Draft> beside, Progress progress) throws Exception {
    LocalRun run = new LocalRun(progress);
    try {
      run.start(main, beside);
      return run;
    } catch (Exception | Error e) {
      run.close();
      throw e;
    }
  }

  private void start(Draft main, Optional<Draft> beside) {
    EmbeddedFlink flink = opened(EmbeddedFlink.start(SLOTS, WEB_UI_PORTS));
    ComposedJob composed = compose(main, flink);
    Optional<ComposedJob> companion = beside.map(draft -> compose(draft, flink));
    List<JobDefinition> definitions =
        Stream.concat(Stream.of(composed), companion.stream())
            .map(ComposedJob::definition)
            .toList();
    LocalBrokers brokers = opened(LocalBrokers.start(definitions));
    PreflightCheck.run(composed);
    companion.ifPresent(PreflightCheck::run);
    composed
        .definition()
        .outputs()
        .forEach(
            (alias, output) ->
                tails.add(
                    opened(
                        OutputTail.begin(
                            alias,
                            KafkaOutput.of(output.options(), alias),
                            RecordText.of(composed, alias)))));
    job = new FlinkRest(flink.webUi(), submit(composed).getJobID());
    companion.ifPresent(this::submit);
    progress.effective(EffectiveConfig.of(composed));
    progress.started(composed.definition().name(), brokers.addresses(), flink.webUi());
    composed.warnings().forEach(progress::warning);
  }

  /**
   * Shows what happens until the job ends, {@code time} is over or someone asks to stop.
   *
   * @return the exit code
   */
  int watch(Optional<Duration> time) throws InterruptedException {
    FlinkRest.State state = FlinkRest.State.UNKNOWN;
    Instant shown = Instant.MIN;
    while (!ENDED.contains(state.status())
        && !stop.askedWithin(LOOK)
        && time.filter(this::isOver).isEmpty()) {
      tails.forEach(this::showArrivals);
      state = job.state();
      if (isOver(shown, STATUS_EVERY)) {
        shown = Instant.now();
        progress.status(sinceBegin(), state, tails);
        if (state.status().equals(RESTARTING)) {
          job.failure().ifPresent(progress::failure);
        }
      }
    }
    // When asked to stop, Flink may no longer answer: what it said last has to do.
    tails.forEach(tail -> tail.finish(READING_ON));
    progress.summary(sinceBegin(), state, tails);
    if (WELL.contains(state.status())) {
      return 0;
    }
    job.failure().ifPresent(progress::failure);
    return Outflow.FAILED;
  }

  private void showArrivals(OutputTail tail) {
    tail.takeArrivals()
        .filter(text -> isOver(lastSample.getOrDefault(tail.alias(), begin), SAMPLE_EVERY))
        .ifPresent(
            text -> {
              lastSample.put(tail.alias(), Instant.now());
              progress.record(tail.alias(), text);
            });
  }

  private Duration sinceBegin() {
    return Duration.between(begin, Instant.now());
  }

  private boolean isOver(Duration time) {
    return isOver(begin, time);
  }

  private static boolean isOver(Instant from, Duration time) {
    return Instant.now().isAfter(from.plus(time));
  }

  private static ComposedJob compose(Draft draft, EmbeddedFlink flink) {
    return JobComposer.compose(
        draft,
        new Configuration(),
        options -> {
          // Transactional ids and consumer groups follow from it: never those of the real job.
          options.set(
              PipelineOptions.NAME,
              "%s-local-%s".formatted(draft.definition().name(), System.getProperty("user.name")));
          return flink.environment(options);
        });
  }

  private JobClient submit(ComposedJob composed) {
    JobClient client = composed.submit();
    opened(() -> cancel(client));
    return client;
  }

  /** Returns when the job has ended: its clients would wait long for a Kafka that has gone. */
  private static void cancel(JobClient client) throws Exception {
    client
        .cancel()
        .thenCompose(accepted -> client.getJobExecutionResult().handle((result, cancelled) -> null))
        .get(CANCELLING.toMillis(), TimeUnit.MILLISECONDS);
  }

  private <T extends AutoCloseable> T opened(T closeable) {
    started.add(0, closeable);
    return closeable;
  }

  /** Ends what was started, last first; nothing that fails here keeps the rest from ending. */
  @Override
  public void close() {
    for (AutoCloseable each : started) {
      try {
        each.close();
      } catch (Exception e) {
        // The job may have ended before it could be cancelled; all else is going away anyway.
        LOG.info("While stopping", e);
      }
    }
    stop.close();
  }
}
