package dev.outflow.benchmark;

import dev.outflow.e2e.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * A contestant that is running or paused.
 *
 * @param process the measured process: the TaskManager, or kafka-producer-perf-test
 * @param startUpSeconds from submission to the first record in Kafka
 * @param input its input; without records if it generates them
 * @param cluster closed with it
 */
record RunningContestant(
    Contestant contestant,
    JavaProcess process,
    RemoteJvm jvm,
    Topics topics,
    Inputs.Input input,
    List<String> outputs,
    double startUpSeconds,
    AutoCloseable cluster)
    implements AutoCloseable {
  private static final long SETTLE_MS = 200;

  /** Counters at one point in time. */
  private record Counters(long nanos, long records, long cpuNanos, long allocated) {}

  void pause() {
    process.pause();
  }

  /** Resumes the process, measures it for {@code millis}, and pauses it again. */
  Turn turn(long millis) throws IOException, ExecutionException, InterruptedException {
    process.resume();
    Thread.sleep(SETTLE_MS);
    Counters begin = counters();
    Thread.sleep(millis);
    Counters end = counters();
    process.pause();
    if (hasReadAll(end)) {
      throw new IllegalStateException(
          "%s has read all of %s; increase Inputs.maxRecordsPerSecond"
              .formatted(contestant.label(), input));
    }
    return new Turn(
        (end.nanos() - begin.nanos()) / 1e9,
        end.records() - begin.records(),
        (end.cpuNanos() - begin.cpuNanos()) / 1e3,
        end.allocated() - begin.allocated());
  }

  /**
   * Fails if a repetition has no records, or if a restart has reset their counter. A single turn
   * can fall into a broker pause.
   */
  Turn requireRecords(Turn repetition) {
    if (repetition.records() <= 0) {
      throw new IllegalStateException(
          "%s processed no records in %.1f s, or it restarted:%n%s"
              .formatted(contestant.label(), repetition.seconds(), process.logTail(20)));
    }
    return repetition;
  }

  private boolean hasReadAll(Counters counters) {
    return input.records() > 0 && counters.records() >= input.records();
  }

  private Counters counters() throws ExecutionException, InterruptedException {
    long records =
        contestant.workload().scenario() == Scenario.GENERATOR ? written() : jvm.consumedRecords();
    return new Counters(System.nanoTime(), records, jvm.cpuNanos(), jvm.allocatedBytes());
  }

  /** Returns the number of records ever written, including transaction markers. */
  long written() throws ExecutionException, InterruptedException {
    return topics.written(outputs);
  }

  /** Returns the score with the current memory usage. */
  Outcome.Score score(List<Turn> turns) throws Exception {
    process.resume();
    double bytes = input.records() == 0 ? topics.averageBytes(outputs) : input.bytes();
    Outcome.Score score =
        new Outcome.Score(contestant.label(), bytes, jvm.liveBytes(), residentBytes(), turns);
    process.pause();
    return score;
  }

  long residentBytes() throws IOException {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() throws Exception {
    process.resume();
    jvm.close();
    process.close();
    cluster.close();
    topics.delete(outputs);
  }
}
