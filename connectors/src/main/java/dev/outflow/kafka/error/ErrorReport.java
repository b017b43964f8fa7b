package dev.outflow.kafka.error;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the bad records of one input or output seen: each is counted by its code, and one of each
 * code is logged a minute. What the format says of it, which can hold values, is logged at DEBUG.
 */
public final class ErrorReport {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorReport.class);
  private static final Duration SAMPLE_EVERY = Duration.ofMinutes(1);

  private final String table;
  private final OnError onError;
  private final Clock clock;
  private final Map<ErrorCode, Counter> counters = new EnumMap<>(ErrorCode.class);
  private final Map<ErrorCode, Instant> nextSample = new EnumMap<>(ErrorCode.class);
  private final Map<ErrorCode, Long> logged = new EnumMap<>(ErrorCode.class);

  /**
   * Not for several threads.
   *
   * @param table as {@code input 'orders'}
   * @param codes those that can be found there: each is a metric from the beginning
   */
  public ErrorReport(
      String table, OnError onError, Set<ErrorCode> codes, MetricGroup metrics, Clock clock) {
    this.table = table;
    this.onError = onError;
    this.clock = clock;
    for (ErrorCode code : codes) {
      counters.put(code, metrics.addGroup("code", code.toString()).counter("bad-records"));
    }
  }

  /**
   * Tells of a record.
   *
   * @param where which record it is: {@code topic 'orders', partition 0, offset 17}
   * @throws BadRecordException if the job has to end
   */
  public void tell(RecordProblem problem, String where) {
    counters.get(problem.code()).inc();
    String which = "%s: %s: %s".formatted(table, where, problem);
    if (!problem.details().isEmpty()) {
      LOG.debug("{}: {}", which, problem.details());
    }
    if (onError == OnError.FAIL) {
      throw new BadRecordException(
          "%s. It can never be processed: mend what writes it, or set '%s' to drop or dead-letter"
              .formatted(which, ErrorPolicy.ON_ERROR.key()));
    }
    sample(problem.code(), which);
  }

  private void sample(ErrorCode code, String which) {
    Instant now = clock.instant();
    if (now.isBefore(nextSample.getOrDefault(code, Instant.MIN))) {
      return;
    }
    long all = counters.get(code).getCount();
    long since = all - logged.getOrDefault(code, 0L);
    logged.put(code, all);
    nextSample.put(code, now.plus(SAMPLE_EVERY));
    LOG.warn(
        "{} ({}; {} of this code since the last such line, {} in all)", which, onError, since, all);
  }
}
