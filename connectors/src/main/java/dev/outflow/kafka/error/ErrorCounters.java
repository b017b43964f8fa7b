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

/** Counts records by what is the matter with them, and says which of them to log: one a minute. */
public final class ErrorCounters {
  private static final Duration SAMPLE_EVERY = Duration.ofMinutes(1);

  private final Clock clock;
  private final Map<ErrorCode, Counter> counters = new EnumMap<>(ErrorCode.class);
  private final Map<ErrorCode, Instant> nextSample = new EnumMap<>(ErrorCode.class);
  private final Map<ErrorCode, Long> logged = new EnumMap<>(ErrorCode.class);

  /**
   * Not for several threads.
   *
   * @param metric the name of the counter that there is for each code
   * @param codes those that can be found there: each is a metric from the beginning
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
   * @return how many there are, in words for the log, if it is time for a line there
   */
  public Optional<String> count(ErrorCode code) {
    counters.get(code).inc();
    Instant now = clock.instant();
    if (now.isBefore(nextSample.getOrDefault(code, Instant.MIN))) {
      return Optional.empty();
    }
    long all = counters.get(code).getCount();
    long since = all - logged.getOrDefault(code, 0L);
    logged.put(code, all);
    nextSample.put(code, now.plus(SAMPLE_EVERY));
    return Optional.of("%d of this code since the last such line, %d in all".formatted(since, all));
  }
}
