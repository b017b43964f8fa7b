package dev.outflow.benchmark;

import java.util.List;

/** The measurements of one contestant in one turn, or summed over several. */
record Turn(double seconds, long records, double cpuMicros, long allocatedBytes) {
  static Turn all(List<Turn> turns) {
    return turns.stream()
        .reduce(
            (one, other) ->
                new Turn(
                    one.seconds + other.seconds,
                    one.records + other.records,
                    one.cpuMicros + other.cpuMicros,
                    one.allocatedBytes + other.allocatedBytes))
        .orElseThrow();
  }

  double recordsPerSecond() {
    return records / seconds;
  }

  double cpuMicrosPerRecord() {
    return cpuMicros / records;
  }

  double allocatedPerRecord() {
    return (double) allocatedBytes / records;
  }
}
