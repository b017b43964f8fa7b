package dev.outflow.local;

import dev.outflow.local.watch.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ExitCode;

/** Prints the progress of a running job and samples of its committed output. */
final class RunMonitor {
  private static final String RUNNING = "RUNNING";
  private static final String RESTARTING = "RESTARTING";
  private static final Set<String> TERMINAL = Set.of("FINISHED", "FAILED", "CANCELED");
  private static final Set<String> SUCCESSFUL = Set.of(RUNNING, "FINISHED");
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration STATUS_INTERVAL = Duration.ofSeconds(5);
  private static final Duration STATUS_INTERVAL_BEFORE_OUTPUT = Duration.ofSeconds(10);
  private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(2);

  private final Instant start = Instant.now();
  private final Map<String, Instant> lastSample = new HashMap<>();
  private final FlinkRest job;
  private final List<OutputTail> tails;
  private final Progress progress;
  private final Pause pause;
  private final SilentInputs silence;
  private final Optional<Duration> time;
  private Optional<Instant> running = Optional.empty();
  private Instant lastStatus = Instant.MIN;
  private boolean hasHinted;
  private FlinkRest.State state = FlinkRest.State.UNKNOWN;

  /**
   * @param pause ends the watch early
   * @param time how long to watch once the job is RUNNING; until it stops if absent
   */
  RunMonitor(
      FlinkRest job,
      List<OutputTail> tails,
      Progress progress,
      Pause pause,
      SilentInputs silence,
      Optional<Duration> time) {
    this.job = job;
    this.tails = tails;
    this.progress = progress;
    this.pause = pause;
    this.silence = silence;
    this.time = time;
  }

  /** Prints the progress until the job has stopped, the time is over or the pause ends. */
  void follow() throws InterruptedException {
    state = FlinkRest.State.UNKNOWN;
    while (!TERMINAL.contains(state.status())
        && !pause.isEndedWithin(POLL_INTERVAL)
        && !isTimeOver()) {
      tails.forEach(this::showArrivals);
      state = job.state().orElse(state);
      if (running.isEmpty() && state.status().equals(RUNNING)) {
        running = Optional.of(Instant.now());
      }
      showStatus();
      hintAtSilence();
    }
  }

  /**
   * Prints the totals and the last known state, as Flink may not answer after Ctrl-C; returns the
   * exit code.
   */
  int finish() {
    tails.forEach(tail -> tail.drain(DRAIN_TIMEOUT));
    progress.summary(sinceStart(), state, tails);
    if (SUCCESSFUL.contains(state.status())) {
      return ExitCode.OK;
    }
    job.failure().ifPresent(progress::detail);
    return ExitCode.SOFTWARE;
  }

  private void showStatus() {
    Duration interval = lastSample.isEmpty() ? STATUS_INTERVAL_BEFORE_OUTPUT : STATUS_INTERVAL;
    if (!isOver(lastStatus, interval)) {
      return;
    }
    lastStatus = Instant.now();
    progress.status(sinceStart(), state, tails);
    if (state.status().equals(RESTARTING)) {
      job.failure().ifPresent(progress::detail);
    }
  }

  private void hintAtSilence() {
    boolean isSilent =
        state.status().equals(RUNNING)
            && state.recordsIn() == 0
            && !silence.topics().isEmpty()
            && isOver(running.orElseThrow(), silence.after());
    if (isSilent && !hasHinted) {
      hasHinted = true;
      progress.detail(silence.hint());
    }
  }

  private void showArrivals(OutputTail tail) {
    tail.takeArrivals()
        .filter(text -> isOver(lastSample.getOrDefault(tail.alias(), Instant.MIN), SAMPLE_INTERVAL))
        .ifPresent(
            text -> {
              lastSample.put(tail.alias(), Instant.now());
              progress.record(tail.alias(), text);
            });
  }

  private boolean isTimeOver() {
    return running.isPresent() && time.isPresent() && isOver(running.get(), time.get());
  }

  private Duration sinceStart() {
    return Duration.between(start, Instant.now());
  }

  private static boolean isOver(Instant from, Duration time) {
    return Instant.now().isAfter(from.plus(time));
  }
}
