package dev.outflow.kafka.ordering;

import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.ErrorCounters;
import java.time.Clock;
import java.time.Duration;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the records of one input that are adjusted or dropped: counts each by its code and logs
 * at most one per code and minute. Not thread-safe.
 */
final class OrderingReport {
  private static final Logger LOG = LoggerFactory.getLogger(OrderingReport.class);

  private final String input;
  private final EventOrdering ordering;
  private final ErrorCounters counts;

  /** {@code input} as logged, e.g. {@code input 'orders'}. */
  OrderingReport(String input, EventOrdering ordering, MetricGroup metrics, Clock clock) {
    this.input = input;
    this.ordering = ordering;
    this.counts =
        new ErrorCounters(
            OrderingOperator.METRIC, ErrorCode.of(ErrorCode.Stage.ORDERING), metrics, clock);
  }

  /**
   * Reports one record.
   *
   * @param partition its {@link PartitionNames name}
   * @param event its original event time, in ms since the epoch
   */
  void record(AdjustedTime adjusted, String partition, long event, long arrival) {
    ErrorCode code = adjusted.reason().orElseThrow();
    counts
        .count(code)
        .ifPresent(
            sample ->
                LOG.warn(
                    "{}: partition {}: {}: {} ({}; {})",
                    input,
                    partition,
                    code,
                    explain(code, adjusted.time(), event, arrival),
                    ordering.policy(),
                    sample));
  }

  private String explain(ErrorCode code, long adjusted, long event, long arrival) {
    return switch (code) {
      case LATE_INPUT ->
          "%s behind arrival time, 'late' is %s"
              .formatted(seconds(arrival - event), seconds(ordering.late().toMillis()));
      case EARLY_INPUT ->
          "%s ahead of arrival time, the limit is %s"
              .formatted(seconds(event - arrival), seconds(EventOrdering.EARLY.toMillis()));
      default ->
          "%s out of order, 'out-of-order' is %s"
              .formatted(seconds(adjusted - event), seconds(ordering.outOfOrder().toMillis()));
    };
  }

  private static String seconds(long millis) {
    return Duration.ofMillis(millis).toSeconds() + " s";
  }
}
