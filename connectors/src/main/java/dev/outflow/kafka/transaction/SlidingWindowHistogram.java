package dev.outflow.kafka.transaction;

import java.util.Arrays;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;

/**
 * A histogram of the last 1024 values. Updates are a store into an array; readers sort. Mean and
 * quantiles are {@code NaN} without values, which dashboards filter out; Dropwizard's histograms
 * report 0 there, and Flink's own are internal.
 */
final class SlidingWindowHistogram implements Histogram {
  static final int SIZE = 1024;

  private final long[] values = new long[SIZE];
  private long count;

  @Override
  public synchronized void update(long value) {
    values[(int) (count++ % SIZE)] = value;
  }

  @Override
  public synchronized long getCount() {
    return count;
  }

  @Override
  public synchronized HistogramStatistics getStatistics() {
    long[] sorted = Arrays.copyOf(values, (int) Math.min(count, SIZE));
    Arrays.sort(sorted);
    return new Statistics(sorted);
  }

  private static final class Statistics extends HistogramStatistics {
    private final long[] sorted;

    private Statistics(long[] sorted) {
      this.sorted = sorted;
    }

    /** Returns the smallest value that at least this fraction of values does not exceed. */
    @Override
    public double getQuantile(double quantile) {
      int rank = (int) Math.ceil(quantile * sorted.length);
      return sorted.length == 0 ? Double.NaN : sorted[Math.max(rank, 1) - 1];
    }

    @Override
    public long[] getValues() {
      return sorted.clone();
    }

    @Override
    public int size() {
      return sorted.length;
    }

    @Override
    public double getMean() {
      return Arrays.stream(sorted).average().orElse(Double.NaN);
    }

    @Override
    public double getStdDev() {
      double mean = getMean();
      return Math.sqrt(
          Arrays.stream(sorted)
              .mapToDouble(value -> (value - mean) * (value - mean))
              .average()
              .orElse(Double.NaN));
    }

    @Override
    public long getMax() {
      return sorted.length == 0 ? 0 : sorted[sorted.length - 1];
    }

    @Override
    public long getMin() {
      return sorted.length == 0 ? 0 : sorted[0];
    }
  }
}
