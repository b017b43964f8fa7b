package dev.outflow.compose;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Finds the windows of a job that Flink cuts wrongly in its time zone.
 *
 * @param now when the job is composed; earlier changes of the zone's offset do not count
 */
record ZonedWindows(JobTimeZone zone, Instant now) {

  /** Returns whether there can be any, so that plans have to be searched. */
  boolean isPossible() {
    return !zone.isUtc();
  }

  /**
   * Returns what is wrong and what to do instead, one message for each kind of fault.
   *
   * @param windows the windows of each output, by its alias
   */
  List<String> problems(Map<String, Set<PlannedWindow>> windows) {
    List<String> problems = new ArrayList<>();
    String merged =
        found(
            windows,
            window -> window.isSession() ? zone.changes(now) : zone.merges(window.slice(), now));
    if (!merged.isEmpty()) {
      problems.add(
          "the clocks of %s change: Flink merges windows that are an hour apart, and splits sessions (%s); remove it to use UTC, or use windows of whole days"
              .formatted(zone.zone(), merged));
    }
    String lost =
        found(
            windows,
            window ->
                window.sliced()
                    && !zone.merges(window.slice(), now)
                    && zone.loses(window.slice(), now));
    if (!lost.isEmpty()) {
      problems.add(
          "Flink loses records of windows in %s, because its offset from UTC is not a multiple of their length or slide (%s); remove it to use UTC, or write GROUP BY TUMBLE(...) or HOP(...) instead of FROM TABLE(...)"
              .formatted(zone.zone(), lost));
    }
    return problems;
  }

  /** Returns for example {@code output 'city_revenue': TUMBLE of 10 s}. */
  private static String found(
      Map<String, Set<PlannedWindow>> windows, Predicate<PlannedWindow> wrong) {
    return new TreeMap<>(windows)
        .entrySet().stream()
            .map(
                output ->
                    Map.entry(
                        output.getKey(),
                        output.getValue().stream()
                            .filter(wrong)
                            .map(PlannedWindow::toString)
                            .distinct()
                            .collect(joining(", "))))
            .filter(output -> !output.getValue().isEmpty())
            .map(output -> "output '%s': %s".formatted(output.getKey(), output.getValue()))
            .collect(joining("; "));
  }
}
