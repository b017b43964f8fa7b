package dev.outflow.local;

import static java.util.stream.Collectors.joining;

import dev.outflow.definition.DefinitionSource;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/** Prints the progress of a local run, one plain line at a time. */
record Progress(PrintWriter out, PrintWriter err) {
  private static final int RECORD_WIDTH = 160;
  private static final String DEFAULT_FILE = "conf/job.yaml";

  /** Prints the complete effective configuration. */
  void configuration(String text) {
    line("%s", text);
  }

  /** Prints what has been started and where to look. */
  void started(RunHeader header) {
    header.lines().forEach(line -> line("%s", line));
  }

  /** Explains, ahead of Kafka's problems, why there is no embedded broker. */
  void noBrokerStarted(LocalPort port) {
    err.printf(
        "No embedded Kafka broker was started: %s. Stop it, or choose another port with"
            + " --kafka-port.%n",
        port.inUse());
    err.flush();
  }

  /** Explains why the web UI is not on its usual port. */
  void otherUiPort(LocalPort usual, int port) {
    line("The web UI uses port %d: %s (--ui-port chooses another)", port, usual.inUse());
  }

  /** Prints the state of the job. */
  void status(Duration since, FlinkRest.State job, List<OutputTail> outputs) {
    line(
        "%4d s  %-9s in %d  out %s  checkpoint %d",
        since.toSeconds(), job.status(), job.recordsIn(), counts(outputs), job.checkpoint());
  }

  /** Prints a record that arrived in an output topic. */
  void record(String alias, String text) {
    String shown = text.length() > RECORD_WIDTH ? text.substring(0, RECORD_WIDTH) + "..." : text;
    line("        %s  %s", alias, shown);
  }

  /** Prints why the job does not run, or what to do if it receives nothing. */
  void detail(String text) {
    line("        %s", text);
  }

  /** Prints the totals. */
  void summary(Duration took, FlinkRest.State job, List<OutputTail> outputs) {
    line(
        "%nStopped after %d s, job %s: in %d records, out %s (committed), %d checkpoints.",
        took.toSeconds(), job.status(), job.recordsIn(), counts(outputs), job.checkpoint());
  }

  /** Prints what to do after a successful run of {@code file}. */
  void nextSteps(DefinitionSource source) {
    String check = "./outflow check" + (source.toString().equals(DEFAULT_FILE) ? "" : " " + source);
    String format = "  %-" + check.length() + "s  # %s";
    line("%nNext steps");
    line(
        "  Edit %s and run it again: docs/transform.md, docs/reference/job-yaml.md", source.file());
    line(format, check, "checks each step of the connection to Kafka");
    line(format, "./outflow test", "runs the queries on the rows in conf/tests");
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
