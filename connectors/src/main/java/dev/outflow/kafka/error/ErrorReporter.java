package dev.outflow.kafka.error;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the bad records of one input or output seen: each is counted by its code, and one of each
 * code is logged a minute. What the format says of it, which can hold values, is logged at DEBUG.
 */
public final class ErrorReporter {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorReporter.class);
  private final String table;
  private final OnError onError;
  private final ErrorCounters counts;

  /**
   * Not for several threads.
   *
   * @param table as {@code input 'orders'}
   * @param codes those that can be found there: each is a metric from the beginning
   */
  public ErrorReporter(
      String table, OnError onError, Set<ErrorCode> codes, MetricGroup metrics, Clock clock) {
    this.table = table;
    this.onError = onError;
    this.counts = new ErrorCounters("bad-records", codes, metrics, clock);
  }

  /**
   * Tells of a record.
   *
   * @param where which record it is: {@code topic 'orders', partition 0, offset 17}
   * @throws BadRecordException if the job has to end
   */
  public void tell(RecordProblem problem, String where) {
    Optional<String> sample = counts.count(problem.code());
    String which = "%s: %s: %s".formatted(table, where, problem);
    if (!problem.details().isEmpty()) {
      LOG.debug("{}: {}", which, problem.details());
    }
    if (onError == OnError.FAIL) {
      throw new BadRecordException(
          "%s. It can never be processed: mend what writes it, or set '%s' to drop or dead-letter"
              .formatted(which, ErrorPolicy.ON_ERROR.key()));
    }
    sample.ifPresent(it -> LOG.warn("{} ({}; {})", which, onError, it));
  }
}
