package dev.outflow.local;

import static java.util.stream.Collectors.joining;

import dev.outflow.definition.Problem;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Tells the person at the terminal what happens, one plain line at a time. */
record Progress(PrintWriter out) {
  private static final int SHOWN = 160;

  /** What the job runs with. */
  void effective(String definition) {
    out.println(definition);
    out.flush();
  }

  /** What has been started and where to look. */
  void started(String job, List<String> embeddedBrokers, URI webUi) {
    line("Job    %s", job);
    for (String address : embeddedBrokers) {
      line("Kafka  %s  (embedded, its data is gone at the end)", address);
    }
    line("Flink  %s  (web UI)", webUi);
    line("Ctrl-C stops it.%n");
  }

  /** What should be known, although it works. */
  void warning(Problem warning) {
    line("Warning: %s", warning);
  }

  /** How far the job is. */
  void status(Duration since, FlinkRest.State job, List<OutputTail> outputs) {
    line(
        "%4d s  %-9s in %d  out %s  checkpoint %d",
        since.toSeconds(), job.status(), job.recordsIn(), counts(outputs), job.checkpoint());
  }

  /** A record that arrived in an output topic. */
  void record(String alias, String text) {
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    line("        %s  %s", alias, shown);
  }

  /** Why the job does not run. */
  void failure(String reason) {
    line("        %s", reason);
  }

  /** What came of it all. */
  void summary(Duration took, FlinkRest.State job, List<OutputTail> outputs) {
    line(
        "%nStopped after %d s, job %s: in %d records, out %s (committed), %d checkpoints.",
        took.toSeconds(), job.status(), job.recordsIn(), counts(outputs), job.checkpoint());
  }

  private static String counts(List<OutputTail> outputs) {
    return outputs.stream()
        .map(output -> output.alias() + " " + output.count())
        .collect(joining(", "));
  }

  private void line(String format, Object... values) {
    out.printf(format + "%n", values);
    out.flush();
  }
}
