package dev.outflow.benchmark;

import java.util.List;

/** How long contestants take from submission to their first record in Kafka. */
record StartUp(String name, String title, List<Score> scores) {
  /** Seconds of each start of one contestant. */
  record Score(String label, List<Double> seconds) {
    Spread spread() {
      return Spread.of(seconds.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }
}
