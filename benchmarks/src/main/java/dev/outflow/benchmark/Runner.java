package dev.outflow.benchmark;

import dev.outflow.e2e.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * A contestant that runs, or is paused.
 *
 * @param process whose cost is counted: the TaskManager, or kafka-producer-perf-test
 * @param startUpSeconds from the submission to the first record in Kafka
 * @param input what it reads; without records if it generates
 * @param rest what else ends with it
 */
record Runner(
    Contestant contestant,
    JavaProcess process,
    Jvm jvm,
    Topics topics,
    Inputs.Input input,
    List<String> outputs,
    double startUpSeconds,
    AutoCloseable rest)
    implements AutoCloseable {
  private static final long SETTLE_MS = 200;

  /** Where a count begins or ends. */
  private record Mark(long nanos, long records, long cpuNanos, long allocated) {}

  void pause() {
    process.pause();
  }

  /** Lets it run, measures, and pauses it again. */
  Turn turn(long millis) throws IOException, ExecutionException, InterruptedException {
    process.resume();
    Thread.sleep(SETTLE_MS);
    Mark begin = mark();
    Thread.sleep(millis);
    Mark end = mark();
    process.pause();
    if (isAtItsEnd(end)) {
      throw new IllegalStateException(
          "%s has read all of %s, which is too little for it; Inputs.fastest says how much there is"
              .formatted(contestant.label(), input));
    }
    return new Turn(
        (end.nanos() - begin.nanos()) / 1e9,
        end.records() - begin.records(),
        (end.cpuNanos() - begin.cpuNanos()) / 1e3,
        end.allocated() - begin.allocated());
  }

  /** Short turns may pass in a pause of the broker's; many do not. */
  Turn checked(Turn repetition) {
    if (repetition.records() == 0) {
      throw new IllegalStateException(
          "%s did nothing for %.1f s:%n%s"
              .formatted(contestant.label(), repetition.seconds(), process.logTail(20)));
    }
    return repetition;
  }

  private boolean isAtItsEnd(Mark mark) {
    return input.records() > 0 && mark.records() >= input.records();
  }

  private Mark mark() throws ExecutionException, InterruptedException {
    long records =
        contestant.workload().scenario() == Scenario.GENERATOR
            ? topics.written(outputs)
            : jvm.consumedRecords();
    return new Mark(System.nanoTime(), records, jvm.cpuNanos(), jvm.allocatedBytes());
  }

  /** With what it did, and what it takes up now. */
  Outcome.Score score(List<Turn> turns) throws Exception {
    process.resume();
    double bytes = input.records() == 0 ? topics.averageBytes(outputs) : input.bytes();
    Outcome.Score score =
        new Outcome.Score(
            contestant.label(), bytes, startUpSeconds, jvm.liveBytes(), residentBytes(), turns);
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
    rest.close();
    topics.delete(outputs);
  }
}
