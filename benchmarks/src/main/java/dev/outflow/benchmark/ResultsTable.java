package dev.outflow.benchmark;

import static java.util.stream.Collectors.joining;

import java.util.Locale;

/** All figures as Markdown. */
record ResultsTable(Results results) {
  String text() {
    return """
        # Figures

        Written by `./benchmarks/run`; what they mean is in [the page before](README.md). %s.

        Medians of the repetitions; ratios are medians of those of each repetition, with the least and the greatest: the first
        contestant's records/s, and records for a second of CPU, to those of the other. CPU and memory are the TaskManager's
        (or the tool's own); allocated are bytes for each record; live is what a full collection leaves on the heap.

        | | contestant | records/s | MB/s | CPU us/record | allocated B/record | start-up s | live MB | resident MB | records/s, to its | for CPU, to its |
        |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
        %s%s%s"""
        .formatted(
            results.machine(),
            results.outcomes().stream().map(ResultsTable::rows).collect(joining()),
            latencies(),
            soak());
  }

  static String rows(Outcome outcome) {
    return outcome.scores().stream().map(score -> row(outcome, score)).collect(joining());
  }

  private static String row(Outcome outcome, Outcome.Score score) {
    boolean first = score.equals(outcome.scores().get(0));
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,.0f | %.1f | %.2f | %,.0f | %.1f | %d | %d | %s | %s |%n",
        first ? "**" + outcome.title() + "**" : "",
        score.label(),
        score.recordsPerSecond(),
        score.megabytesPerSecond(),
        score.cpuMicrosPerRecord(),
        score.allocatedPerRecord(),
        score.startUpSeconds(),
        score.liveBytes() >> 20,
        score.residentBytes() >> 20,
        first ? "" : outcome.throughput(score),
        first ? "" : outcome.efficiency(score));
  }

  private String latencies() {
    if (results.latencies().isEmpty()) {
      return "";
    }
    return """

        ## Latency

        From the time in a record to its arrival at a reader of what is committed, ms.

        | | contestant | records | p50 | p99 | longest |
        |---|---|--:|--:|--:|--:|
        %s"""
        .formatted(
            results.latencies().stream()
                .flatMap(
                    latency ->
                        latency.scores().stream()
                            .map(
                                it ->
                                    "| %s, %,d records/s | %s | %d | %.0f | %.0f | %.0f |%n"
                                        .formatted(
                                            latency.title(),
                                            latency.recordsPerSecond(),
                                            it.label(),
                                            it.records(),
                                            it.p50(),
                                            it.p99(),
                                            it.max())))
                .collect(joining()));
  }

  private String soak() {
    Soak soak = results.soak();
    if (soak == null) {
      return "";
    }
    Soak.Sample last = soak.samples().get(soak.samples().size() - 1);
    return """

        ## Memory

        %s, %,d records/s, %d minutes:

        ![memory over time](memory.svg)
        """
        .formatted(soak.title(), soak.recordsPerSecond(), last.seconds() / 60);
  }
}
