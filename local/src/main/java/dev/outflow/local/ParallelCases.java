package dev.outflow.local;

import dev.outflow.testing.cases.CaseResult;
import dev.outflow.testing.cases.JobCase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs test cases, one on each processor at a time. */
final class ParallelCases {
  private ParallelCases() {}

  /**
   * Runs test cases.
   *
   * @param results receives the results in the order of the test cases
   */
  static void run(
      List<JobCase> cases, Function<JobCase, CaseResult> test, Consumer<CaseResult> results) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<CompletableFuture<CaseResult>> running =
          cases.stream()
              .map(given -> CompletableFuture.supplyAsync(() -> test.apply(given), threads))
              .toList();
      running.forEach(result -> results.accept(result.join()));
    } finally {
      threads.shutdownNow();
    }
  }
}
