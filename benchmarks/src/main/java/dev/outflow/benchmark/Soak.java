package dev.outflow.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * What a TaskManager takes up over a long run.
 *
 * @param recordsPerSecond that are written
 */
record Soak(String title, int recordsPerSecond, List<Sample> samples) {
  private static final int EVERY_S = 15;

  /** Live is what is left on the heap after a full collection. */
  record Sample(int seconds, long liveBytes, long residentBytes) {}

  /** Runs Outflow with a generator of so many records a second. */
  static Soak run(Starter starter, int recordsPerSecond, int seconds) throws Exception {
    Workload workload = Workload.BASE.with(Scenario.GENERATOR).withBytes(1024);
    Contestant contestant =
        Contestant.of(Peer.OUTFLOW, workload)
            .withInput("rows-per-second", String.valueOf(recordsPerSecond));
    List<Sample> samples = new ArrayList<>();
    try (Runner runner = starter.start(contestant, new Inputs.Input("", 0, 0))) {
      for (int at = 0; at <= seconds; at += EVERY_S) {
        samples.add(new Sample(at, runner.jvm().liveBytes(), runner.residentBytes()));
        System.out.printf(
            "  %4d s: %d MB live, %d MB resident%n",
            at,
            samples.get(samples.size() - 1).liveBytes() >> 20,
            samples.get(samples.size() - 1).residentBytes() >> 20);
        Thread.sleep(EVERY_S * 1000L);
      }
    }
    return new Soak("JSON of 1 KB from a generator, exactly-once", recordsPerSecond, samples);
  }
}
