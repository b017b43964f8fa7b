package dev.outflow.benchmark;

import java.util.List;

/**
 * What came of a contest.
 *
 * @param scores the first is compared with each other one
 */
record Outcome(String name, String title, List<Score> scores) {
  /**
   * All repetitions of one contestant.
   *
   * @param bytes of a record on average: of the input or, without one, of the output
   * @param startUpSeconds from the submission to the first record in Kafka
   * @param liveBytes on the heap after a full collection, at the end
   * @param residentBytes of the process, at the end
   */
  record Score(
      String label,
      double bytes,
      double startUpSeconds,
      long liveBytes,
      long residentBytes,
      List<Turn> turns) {

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

  /** The first one's records/s to another one's. */
  Spread throughput(Score other) {
    return Spread.of(
        scores.get(0).turns(),
        other.turns(),
        (one, its) -> one.recordsPerSecond() / its.recordsPerSecond());
  }

  /**
   * Another one's CPU time for a record to the first one's: records for each second of CPU, which
   * does not depend on who else uses the machine.
   */
  Spread efficiency(Score other) {
    return Spread.of(
        scores.get(0).turns(),
        other.turns(),
        (one, its) -> its.cpuMicrosPerRecord() / one.cpuMicrosPerRecord());
  }
}
