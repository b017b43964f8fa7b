package dev.outflow.benchmark;

import java.util.List;

/**
 * The outcome of a contest.
 *
 * @param scores the first one is compared with each of the others
 */
record Outcome(String name, String title, List<Score> scores) {
  /**
   * The measurements of one contestant.
   *
   * @param bytes the average record size of the input or, with a generator, of the output
   * @param liveBytes the heap usage after a full collection, at the end
   * @param residentBytes the resident set of the process, at the end
   */
  record Score(String label, double bytes, long liveBytes, long residentBytes, List<Turn> turns) {

    double recordsPerSecond() {
      return Spread.of(turns, Turn::recordsPerSecond).median();
    }

    double megabytesPerSecond() {
      return recordsPerSecond() * bytes / 1e6;
    }

    double cpuMicrosPerRecord() {
      return Spread.of(turns, Turn::cpuMicrosPerRecord).median();
    }

    double allocatedPerRecord() {
      return Spread.of(turns, Turn::allocatedPerRecord).median();
    }
  }

  /** Returns the first contestant's records/s divided by another one's. */
  Spread throughput(Score other) {
    return Spread.of(
        scores.get(0).turns(),
        other.turns(),
        (first, others) -> first.recordsPerSecond() / others.recordsPerSecond());
  }

  /**
   * Returns the first contestant's records per CPU second divided by another one's, which does not
   * depend on the machine's load.
   */
  Spread efficiency(Score other) {
    return Spread.of(
        scores.get(0).turns(),
        other.turns(),
        (first, others) -> others.cpuMicrosPerRecord() / first.cpuMicrosPerRecord());
  }
}
