package dev.outflow.benchmark;

import java.util.List;

/**
 * How long records are on their way, from the time in them to their arrival at a reader who sees
 * what is committed; peers run at the same time on the same records.
 *
 * @param recordsPerSecond that come in
 */
record Latency(String name, String title, int recordsPerSecond, List<Score> scores) {
  /** In ms, over all records of one contestant after the warm-up. */
  record Score(String label, long records, double p50, double p99, double max) {
    static Score of(String label, List<Long> millis) {
      List<Long> sorted = millis.stream().sorted().toList();
      return new Score(label, sorted.size(), at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
    }

    private static double at(List<Long> sorted, double share) {
      return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
  }
}
