package dev.outflow.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * The memory usage of a TaskManager over a long run at full speed.
 *
 * @param recordsPerSecond the mean output rate
 */
record Soak(String title, int recordsPerSecond, List<Sample> samples) {
  private static final int INTERVAL_S = 15;

  /** Memory usage at one time; live is the heap after a full collection. */
  record Sample(int seconds, long liveBytes, long residentBytes) {}

  /** Runs Outflow with a generator. */
  static Soak run(ContestantLauncher launcher, int seconds) throws Exception {
    Workload workload = Workload.BASE.with(Scenario.GENERATOR).withBytes(1024);
    Contestant contestant = Contestant.of(Peer.OUTFLOW, workload);
    List<Sample> samples = new ArrayList<>();
    try (RunningContestant runner = launcher.launch(contestant, new Inputs.Input("", 0, 0))) {
      long begin = System.nanoTime();
      long before = runner.written();
      for (int at = 0; at <= seconds; at += INTERVAL_S) {
        samples.add(new Sample(at, runner.jvm().liveBytes(), runner.residentBytes()));
        System.out.printf(
            "  %4d s: %d MB live, %d MB resident%n",
            at,
            samples.get(samples.size() - 1).liveBytes() >> 20,
            samples.get(samples.size() - 1).residentBytes() >> 20);
        Thread.sleep(INTERVAL_S * 1000L);
      }
      double elapsed = (System.nanoTime() - begin) / 1e9;
      return new Soak(
          "JSON of 1 KB from a generator at full speed, exactly-once",
          (int) ((runner.written() - before) / elapsed),
          samples);
    }
  }
}
