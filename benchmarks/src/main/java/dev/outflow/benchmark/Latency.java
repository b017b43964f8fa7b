package dev.outflow.benchmark;

import java.util.List;

/**
 * End-to-end latency, from the timestamp in a record to its arrival at a read_committed consumer;
 * contestants run concurrently on the same records.
 *
 * @param recordsPerSecond the input rate
 */
record Latency(String name, String title, int recordsPerSecond, List<Score> scores) {
  /** Latencies in ms of one contestant's records after the warm-up. */
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
