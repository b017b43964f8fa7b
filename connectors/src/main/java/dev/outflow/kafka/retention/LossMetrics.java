package dev.outflow.kafka.retention;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of an input's losses, described in docs/reference/metrics.md. */
final class LossMetrics {
  private final Counter losses;
  private final Counter records;

  private final MetricGroup metrics;
  private final Map<String, Duration> retentions = new ConcurrentHashMap<>();

  LossMetrics(MetricGroup metrics) {
    this.metrics = metrics;
    this.losses = metrics.counter("lost-inputs");
    this.records = metrics.counter("lost-input-records");
  }

  /** Sets the maximum safe downtime of a topic; the metric is the lowest. */
  void retention(String topic, Duration limit) {
    boolean isFirst = retentions.isEmpty();
    retentions.put(topic, limit);
    if (isFirst) {
      metrics.gauge("max-safe-downtime-ms", () -> Collections.min(retentions.values()).toMillis());
    }
  }

  void lost(List<LostInput> lost) {
    losses.inc(lost.size());
    records.inc(lost.stream().mapToLong(LostInput::records).sum());
  }
}
