package dev.outflow.functions.aggregate;

import java.util.TreeMap;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.functions.AggregateFunction;

/**
 * {@code PERCENTILE_DISC(number, fraction)}: the smallest of the numbers that at least this
 * fraction of them does not exceed. It is always one of the numbers, unlike the result of
 * PERCENTILE, which is ASA's PERCENTILE_CONT. NULL is not counted. NULL without numbers.
 *
 * <pre>{@code
 * PERCENTILE_DISC(k, 0.5)  -- 2.0
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/percentile-disc-azure-stream-analytics">PERCENTILE_DISC</a>
 */
public final class PercentileDisc extends AggregateFunction<Double, PercentileDisc.Numbers> {
  private static final long serialVersionUID = 1L;

  /** How often each number occurs. */
  public static final class Numbers {
    public double fraction;

    @DataTypeHint("MAP<DOUBLE NOT NULL, BIGINT NOT NULL>")
    public MapView<Double, Long> counts = new MapView<>();
  }

  @Override
  public Numbers createAccumulator() {
    return new Numbers();
  }

  public void accumulate(Numbers numbers, Double number, Double fraction) throws Exception {
    add(numbers, number, fraction, 1);
  }

  public void retract(Numbers numbers, Double number, Double fraction) throws Exception {
    add(numbers, number, fraction, -1);
  }

  public void merge(Numbers numbers, Iterable<Numbers> others) throws Exception {
    for (Numbers other : others) {
      for (var count : other.counts.entries()) {
        add(numbers, count.getKey(), other.fraction, count.getValue());
      }
    }
  }

  private static void add(Numbers numbers, Double number, double fraction, long change)
      throws Exception {
    if (fraction < 0 || fraction > 1) {
      throw new IllegalArgumentException(
          "PERCENTILE_DISC: the fraction is not between 0 and 1: " + fraction);
    }
    numbers.fraction = fraction;
    if (number != null) {
      Long before = numbers.counts.get(number);
      long count = change + (before == null ? 0 : before);
      if (count == 0) {
        numbers.counts.remove(number);
      } else {
        numbers.counts.put(number, count);
      }
    }
  }

  @Override
  public Double getValue(Numbers numbers) {
    TreeMap<Double, Long> sorted = new TreeMap<>();
    try {
      for (var count : numbers.counts.entries()) {
        sorted.put(count.getKey(), count.getValue());
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    double wanted = numbers.fraction * sorted.values().stream().mapToLong(Long::longValue).sum();
    long seen = 0;
    for (var count : sorted.entrySet()) {
      seen += count.getValue();
      if (seen >= wanted) {
        return count.getKey();
      }
    }
    return sorted.isEmpty() ? null : sorted.lastKey();
  }
}
