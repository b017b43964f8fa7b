package dev.outflow.local;

import dev.outflow.local.watch.FileWatch;
import dev.outflow.local.watch.FileWatch.Save;
import dev.outflow.testing.PlannedJob;
import dev.outflow.testing.cases.CaseResult;
import dev.outflow.testing.cases.WarmCases;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code ./outflow test --watch}: runs test cases, and after each save those that it affects. Flink
 * keeps running.
 */
final class TestWatch {
  private final WatchText text;
  private final CaseText results;
  private final FileWatch files = new FileWatch();
  private final WarmCases cases;

  TestWatch(List<Path> folders, Optional<String> environment, WatchText text) {
    this.text = text;
    this.results = new CaseText(text.out(), text.colors());
    this.cases = new WarmCases(folders, environment, files::add);
  }

  /** Returns the exit code after Ctrl-C. */
  int run() {
    text.line(
        "Starting Flink; each save runs the test cases that it affects; press Ctrl-C to stop");
    PlannedJob.startFlinkAhead();
    return WatchLoop.run(files, text, this::runAffected);
  }

  private void runAffected(Optional<Save> save, StopSignal stop) {
    Instant begin = save.map(Save::time).orElseGet(Instant::now);
    save.ifPresent(text::saved);
    WarmCases.Pass pass = cases.read();
    AtomicInteger failed = new AtomicInteger();
    ParallelCases.run(
        pass.affected(),
        cases::run,
        result -> {
          if (!stop.isRequested()) { // Otherwise Flink is stopping: the result says nothing.
            failed.addAndGet(results.report(result) ? 0 : 1);
          }
        });
    if (stop.isRequested()) {
      return;
    }
    for (CaseResult last : pass.unaffected()) {
      if (!last.isPassed()) {
        failed.incrementAndGet();
        text.line(text.colors().red("FAILED") + "  %s  as before".formatted(last.folder()));
      }
    }
    text.problems(pass.problems(), List.of());
    text.line(summary(pass, failed.get(), begin));
  }

  private String summary(WarmCases.Pass pass, int failed, Instant begin) {
    int all = pass.affected().size() + pass.unaffected().size();
    String outcome =
        failed == 0
            ? "%s passed".formatted(CaseText.count(all))
            : "%d of %s failed".formatted(failed, CaseText.count(all));
    if (!pass.problems().isEmpty()) {
      outcome = all == 0 ? "no case can run" : outcome + ", others cannot run";
    }
    boolean isGood = failed == 0 && pass.problems().isEmpty();
    return "%s; %d run, %s"
        .formatted(
            isGood ? text.colors().green(outcome) : text.colors().red(outcome),
            pass.affected().size(),
            WatchText.since(begin));
  }
}
