package dev.outflow.kafka.retention;

import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of an input's losses, described in docs/reference/metrics.md. */
final class LossMetrics {
  private final Counter losses;
  private final Counter records;

  LossMetrics(MetricGroup metrics) {
    this.losses = metrics.counter("lost-inputs");
    this.records = metrics.counter("lost-input-records");
  }

  void lost(List<LostInput> lost) {
    losses.inc(lost.size());
    records.inc(lost.stream().mapToLong(LostInput::records).sum());
  }
}
