package dev.outflow.local.preview;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out why inputs cannot be read: Kafka's consumer waits silently for brokers that do not
 * respond. An input without records since the last look is checked with a client of its own.
 */
final class InputOutages implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(InputOutages.class);

  private final Collection<String> inputs;
  private final Function<String, InputProgress.Snapshot> progress;
  private final Function<String, Optional<String>> check;
  private final Map<String, Long> records = new ConcurrentHashMap<>();
  private final Map<String, String> outages = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread checks = new Thread(task, "preview-input-checks");
            checks.setDaemon(true);
            return checks;
          });

  /**
   * Prepares to look.
   *
   * @param progress what has been read from an input
   * @param check returns why an input cannot be read, if it cannot
   */
  InputOutages(
      Collection<String> inputs,
      Function<String, InputProgress.Snapshot> progress,
      Function<String, Optional<String>> check) {
    this.inputs = inputs;
    this.progress = progress;
    this.check = check;
  }

  void start() {
    Future<?> unused =
        thread.scheduleWithFixedDelay(
            this::lookOrLog, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void lookOrLog() {
    try {
      look();
    } catch (RuntimeException e) { // Otherwise, it would be the last look.
      LOG.warn("Failed to check the inputs", e);
    }
  }

  /** Looks at each input once; called by one thread at a time. */
  void look() {
    for (String input : inputs) {
      boolean hasAdvanced = hasAdvanced(input);
      records.put(input, progress.apply(input).total());
      Optional<String> outage = hasAdvanced ? Optional.empty() : check.apply(input);
      outage.ifPresentOrElse(reason -> outages.put(input, reason), () -> outages.remove(input));
    }
  }

  /** Returns whether there are records since the last look; true before the first. */
  private boolean hasAdvanced(String input) {
    return progress.apply(input).total() > records.getOrDefault(input, -1L);
  }

  /** Returns the reason for each input that cannot be read. */
  Map<String, String> current() {
    Map<String, String> current = new TreeMap<>(outages);
    current.keySet().removeIf(this::hasAdvanced);
    return current;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
