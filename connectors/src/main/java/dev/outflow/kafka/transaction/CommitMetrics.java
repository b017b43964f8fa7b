package dev.outflow.kafka.transaction;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of an output's commits, described in docs/reference/metrics.md. */
final class CommitMetrics {
  private final Clock clock;
  private final Counter committedTransactions;
  private final Counter committedRecords;
  private final Counter lostTransactions;
  private final Counter lostRecords;
  private final Histogram wait;
  private final Histogram duration;

  CommitMetrics(MetricGroup metrics, Clock clock) {
    this.clock = clock;
    this.committedTransactions = metrics.counter("committed-transactions");
    this.committedRecords = metrics.counter("committed-records");
    this.lostTransactions = metrics.counter("lost-transactions");
    this.lostRecords = metrics.counter("lost-records");
    this.wait = metrics.histogram("commit-wait-ms", new SlidingWindowHistogram());
    this.duration = metrics.histogram("commit-duration-ms", new SlidingWindowHistogram());
  }

  Instant now() {
    return clock.instant();
  }

  /** Counts a transaction whose commit was requested at {@code requested}. */
  void committed(TransactionOrigin transaction, Instant requested) {
    Instant now = now();
    committedTransactions.inc();
    committedRecords.inc(transaction.records());
    duration.update(Duration.between(requested, now).toMillis());
    wait.update(Duration.between(transaction.begin(), now).toMillis());
  }

  void lost(TransactionOrigin transaction) {
    lostTransactions.inc();
    lostRecords.inc(transaction.records());
  }
}
