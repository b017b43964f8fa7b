package dev.outflow.kafka.transaction;

import java.util.Arrays;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;

/**
 * A histogram of the last 1024 values: to take one costs a store into an array, and sorting is left
 * to those who look. Quantiles are {@code NaN} as long as there is no value. Flink promises the
 * interface only; its own histograms are internal.
 */
final class RecentValues implements Histogram {
  private static final int KEPT = 1024;

  private final long[] values = new long[KEPT];
  private long count;

  @Override
  public synchronized void update(long value) {
    values[(int) (count++ % KEPT)] = value;
  }

  @Override
  public synchronized long getCount() {
    return count;
  }

  @Override
  public synchronized HistogramStatistics getStatistics() {
    long[] sorted = Arrays.copyOf(values, (int) Math.min(count, KEPT));
    Arrays.sort(sorted);
    return new Statistics(sorted);
  }

  private static final class Statistics extends HistogramStatistics {
    private final long[] sorted;

    private Statistics(long[] sorted) {
      this.sorted = sorted;
    }

    /** The smallest value that this part of all values does not exceed. */
    @Override
    public double getQuantile(double part) {
      int rank = (int) Math.ceil(part * sorted.length);
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
