package dev.outflow.local;

import dev.outflow.compose.ComposedJob;
import dev.outflow.definition.Problem;
import dev.outflow.print.EffectiveConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The lines that {@code ./outflow run} prints once the job is submitted: at most {@value
 * #MAX_LINES}, so that the first record follows within 20.
 *
 * @param guarantees the delivery guarantee of each output
 * @param changed the properties that differ from their defaults
 */
record RunHeader(
    String job,
    List<String> brokers,
    URI webUi,
    Optional<Path> log,
    Map<String, String> guarantees,
    List<String> changed,
    List<String> warnings) {
  static final int MAX_LINES = 15;
  private static final int MAX_BROKERS = 2;
  private static final int MAX_OUTPUTS = 5;
  private static final int MAX_WARNINGS = 3;

  static RunHeader of(ComposedJob job, List<String> brokers, URI webUi) {
    return new RunHeader(
        job.definition().name(),
        brokers,
        webUi,
        Optional.ofNullable(System.getProperty("outflow.log")).map(RunHeader::relative),
        EffectiveConfig.guarantees(job),
        EffectiveConfig.changed(job),
        job.warnings().stream().map(Problem::toString).toList());
  }

  /** Returns the lines; what does not fit is counted. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Job     %s  (press Ctrl-C to stop)".formatted(job));
    add(lines, "Kafka   ", brokers, MAX_BROKERS, "brokers");
    lines.add("Flink   %s  (web UI)".formatted(webUi));
    log.ifPresent(file -> lines.add("Log     " + file));
    List<String> outputs =
        guarantees.entrySet().stream()
            .map(output -> output.getKey() + ": " + output.getValue())
            .toList();
    add(lines, "Output  ", outputs, MAX_OUTPUTS, "outputs");
    add(lines, "Warning: ", warnings, MAX_WARNINGS, "warnings in the log");
    int left = MAX_LINES - lines.size() - 2; // A heading and an empty line.
    if (!changed.isEmpty()) {
      String count = left > 0 ? "" : ": %d properties".formatted(changed.size());
      lines.add(
          "Changed from the defaults%s (--explain prints the whole configuration)%s"
              .formatted(count, left > 0 ? ":" : ""));
      add(lines, "  ", changed, left, "properties");
    }
    lines.add("");
    return lines;
  }

  private static void add(
      List<String> lines, String prefix, List<String> items, int limit, String name) {
    int shown = items.size() > limit ? Math.max(0, limit - 1) : items.size();
    items.stream().limit(shown).forEach(item -> lines.add(prefix + item));
    if (shown < items.size() && limit > 0) {
      lines.add("%s... and %d more %s".formatted(prefix, items.size() - shown, name));
    }
  }

  /** Relative to the working directory if it is below that. */
  private static Path relative(String file) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = Path.of(file).toAbsolutePath();
    return absolute.startsWith(here) ? here.relativize(absolute) : absolute;
  }
}
