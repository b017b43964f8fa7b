package dev.outflow.e2e;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reports the recovery times of a fault run. */
final class FaultReport {
  private static final Path FILE = Path.of("target/faults.md");

  private final long seed;
  private final Map<Fault, List<Duration>> recoveries = new EnumMap<>(Fault.class);

  FaultReport(long seed) {
    this.seed = seed;
  }

  void add(Fault fault, Duration recovery) {
    recoveries.computeIfAbsent(fault, kind -> new ArrayList<>()).add(recovery);
  }

  /** Prints the report and writes it to {@code target/faults.md}. */
  void write(int records, Findings findings, PerishableFindings perished) throws IOException {
    String text =
        """
        # Faults

        seed %d, %d faults, %d records, %d windows: **%d lost, %d duplicated, %d wrong**

        %s

        | fault | count | recovery, median | max |
        |---|--:|--:|--:|
        %s
        %s
        %s"""
            .formatted(
                seed,
                all().size(),
                records,
                findings.counted(),
                findings.lost(),
                findings.duplicated(),
                findings.wrong(),
                perished,
                recoveries.entrySet().stream()
                    .map(kind -> row(kind.getKey().toString(), kind.getValue()))
                    .collect(joining("\n")),
                row("all", all()),
                findings.examples().stream().map("- %s%n"::formatted).collect(joining()));
    Files.writeString(FILE, text);
    System.out.println(text);
  }

  private List<Duration> all() {
    return recoveries.values().stream().flatMap(List::stream).toList();
  }

  private static String row(String kind, List<Duration> recoveries) {
    List<Duration> sorted = recoveries.stream().sorted().toList();
    if (sorted.isEmpty()) {
      return "| %s | 0 | | |".formatted(kind);
    }
    return "| %s | %d | %.1f s | %.1f s |"
        .formatted(
            kind.toLowerCase(Locale.ROOT).replace('_', ' '),
            sorted.size(),
            sorted.get(sorted.size() / 2).toMillis() / 1000.0,
            sorted.get(sorted.size() - 1).toMillis() / 1000.0);
  }
}
