package dev.outflow.kafka.ordering;

import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.ErrorCounters;
import java.time.Clock;
import java.time.Duration;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the records of one input seen whose time is adjusted, or that are dropped for it: each is
 * counted by its code, and one of each code is logged a minute.
 */
final class OrderingReport {
  private static final Logger LOG = LoggerFactory.getLogger(OrderingReport.class);

  private final String table;
  private final EventOrdering ordering;
  private final ErrorCounters counts;

  /**
   * Not for several threads.
   *
   * @param table as {@code input 'orders'}
   */
  OrderingReport(String table, EventOrdering ordering, MetricGroup metrics, Clock clock) {
    this.table = table;
    this.ordering = ordering;
    this.counts =
        new ErrorCounters(
            "untimely-records", ErrorCode.of(ErrorCode.Stage.ORDERING), metrics, clock);
  }

  /**
   * Tells of a record.
   *
   * @param event its own time, in ms since 1970
   */
  void tell(AdjustedTime placed, int partition, long event, long arrival) {
    ErrorCode code = placed.deviation().orElseThrow();
    counts
        .count(code)
        .ifPresent(
            sample ->
                LOG.warn(
                    "{}: partition {}: {}: {} ({}; {})",
                    table,
                    partition,
                    code,
                    explain(code, placed.time(), event, arrival),
                    ordering.policy(),
                    sample));
  }

  private String explain(ErrorCode code, long placed, long event, long arrival) {
    return switch (code) {
      case LATE_INPUT ->
          "%s behind its arrival, 'late' is %s"
              .formatted(seconds(arrival - event), seconds(ordering.late().toMillis()));
      case EARLY_INPUT ->
          "%s ahead of its arrival, which may be %s"
              .formatted(seconds(event - arrival), seconds(EventOrdering.EARLY.toMillis()));
      default ->
          "%s behind the time that had passed, 'out-of-order' is %s"
              .formatted(seconds(placed - event), seconds(ordering.outOfOrder().toMillis()));
    };
  }

  private static String seconds(long millis) {
    return Duration.ofMillis(millis).toSeconds() + " s";
  }
}
