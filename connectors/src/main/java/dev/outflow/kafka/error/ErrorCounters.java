package dev.outflow.kafka.error;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts records by error code and limits logging to one record per code and minute. */
public final class ErrorCounters {
  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

  private final Clock clock;
  private final Map<ErrorCode, Counter> counters = new EnumMap<>(ErrorCode.class);
  private final Map<ErrorCode, Instant> nextLog = new EnumMap<>(ErrorCode.class);
  private final Map<ErrorCode, Long> logged = new EnumMap<>(ErrorCode.class);

  /**
   * Creates the counters; not thread-safe.
   *
   * @param metric the name of the counter of each code
   * @param codes the codes that can occur; each is registered at once
   */
  public ErrorCounters(String metric, Set<ErrorCode> codes, MetricGroup metrics, Clock clock) {
    this.clock = clock;
    for (ErrorCode code : codes) {
      counters.put(code, metrics.addGroup("code", code.toString()).counter(metric));
    }
  }

  /**
   * Counts a record.
   *
   * @return the counts as text for the log, if it is time to log a record with this code
   */
  public Optional<String> count(ErrorCode code) {
    counters.get(code).inc();
    Instant now = clock.instant();
    if (now.isBefore(nextLog.getOrDefault(code, Instant.MIN))) {
      return Optional.empty();
    }
    long total = counters.get(code).getCount();
    long since = total - logged.getOrDefault(code, 0L);
    logged.put(code, total);
    nextLog.put(code, now.plus(LOG_INTERVAL));
    return Optional.of(
        "%d with this code since the last such line, %d in total".formatted(since, total));
  }
}
