package dev.outflow.kafka.error;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the bad records of an input or output: counts each by its code, and logs one per code and
 * minute. Details, which can contain values of the record, are logged at DEBUG only.
 */
public final class ErrorReporter {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorReporter.class);
  private final String table;
  private final OnError onError;
  private final ErrorCounters counts;

  /**
   * Creates a reporter; not thread-safe.
   *
   * @param table e.g. {@code input 'orders'}
   * @param codes the codes that can occur; each is registered as a metric at once
   */
  public ErrorReporter(
      String table, OnError onError, Set<ErrorCode> codes, MetricGroup metrics, Clock clock) {
    this.table = table;
    this.onError = onError;
    this.counts = new ErrorCounters("bad-records", codes, metrics, clock);
  }

  /**
   * Reports a record.
   *
   * @param record identifies it, e.g. {@code topic 'orders', partition 0, offset 17}
   * @throws BadRecordException if bad records fail the job
   */
  public void report(RecordProblem problem, String record) {
    Optional<String> logged = counts.count(problem.code());
    String message = "%s: %s: %s".formatted(table, record, problem);
    if (!problem.details().isEmpty()) {
      LOG.debug("{}: {}", message, problem.details());
    }
    if (onError == OnError.FAIL) {
      throw new BadRecordException(
          "%s. The record cannot be processed: fix the data, or set '%s' to drop or dead-letter"
              .formatted(message, ErrorPolicy.ON_ERROR.key()),
          problem);
    }
    logged.ifPresent(counted -> LOG.warn("{} ({}; {})", message, onError, counted));
  }
}
