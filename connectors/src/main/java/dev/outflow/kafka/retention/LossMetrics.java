package dev.outflow.kafka.retention;

import java.time.Duration;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of an input's losses, described in docs/reference/metrics.md. */
final class LossMetrics {
  private final Counter losses;
  private final Counter records;

  private final MetricGroup metrics;
  private volatile Duration retention;

  LossMetrics(MetricGroup metrics) {
    this.metrics = metrics;
    this.losses = metrics.counter("lost-inputs");
    this.records = metrics.counter("lost-input-records");
  }

  /** Sets the maximum safe downtime. */
  void retention(Duration limit) {
    boolean isFirst = retention == null;
    retention = limit;
    if (isFirst) {
      metrics.gauge("max-safe-downtime-ms", () -> retention.toMillis());
    }
  }

  void lost(List<LostInput> lost) {
    losses.inc(lost.size());
    records.inc(lost.stream().mapToLong(LostInput::records).sum());
  }
}
