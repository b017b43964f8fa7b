package dev.outflow.local.preview;

import dev.outflow.kafka.ordering.OrderingOperator;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * How many records the event ordering of inputs has adjusted or dropped, from the metrics of the
 * Flink cluster in this JVM. Their rows do not reach a table before.
 */
public final class OrderingCounts implements MetricReporter {
  private static final String JOB = "<job_id>";
  private static final String OPERATOR = "<operator_name>";
  private static final String CODE = "<code>";
  private static final Map<Key, Counter> COUNTERS = new ConcurrentHashMap<>();

  private record Key(String job, String operator, String code) {}

  /** Creates the reporter by its name in {@link #flinkOptions}. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new OrderingCounts();
    }
  }

  private OrderingCounts() {}

  /** Returns Flink's options of a cluster whose counts are needed. */
  public static Map<String, String> flinkOptions() {
    return Map.of("metrics.reporter.outflow-preview.factory.class", Factory.class.getName());
  }

  /** Returns the number of records by code; codes that do not occur are left out. */
  static Map<String, Long> of(String job, String input) {
    Map<String, Long> counts = new TreeMap<>();
    COUNTERS.forEach(
        (key, counter) -> {
          if (key.job().equals(job)
              && key.operator().equals(OrderingOperator.operatorName(input))
              && counter.getCount() > 0) {
            counts.put(key.code(), counter.getCount());
          }
        });
    return counts;
  }

  /** Forgets the counts of a job. */
  static void remove(String job) {
    COUNTERS.keySet().removeIf(key -> key.job().equals(job));
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Counter counter && name.equals(OrderingOperator.METRIC)) {
      Map<String, String> variables = group.getAllVariables();
      COUNTERS.put(
          new Key(variables.get(JOB), variables.get(OPERATOR), variables.get(CODE)), counter);
    }
  }

  /** The counts of a job that has ended remain. */
  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}
}
