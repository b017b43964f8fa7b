package dev.outflow.local;

import static java.util.stream.Collectors.joining;

import dev.outflow.definition.Problem;
import dev.outflow.local.watch.FileWatch.Save;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Prints the output that all commands with {@code --watch} share. */
record WatchText(PrintWriter out, Colors colors) {
  private static final int MAX_FILES = 3;

  /** Prints what was saved, below an empty line. */
  void saved(Save save) {
    String time =
        LocalTime.ofInstant(save.time(), ZoneId.systemDefault())
            .truncatedTo(ChronoUnit.SECONDS)
            .format(DateTimeFormatter.ISO_LOCAL_TIME);
    int more = save.files().size() - MAX_FILES;
    line("");
    line(
        colors.bold(
            "%s  %s saved"
                .formatted(
                    time,
                    save.files().stream()
                            .sorted()
                            .limit(MAX_FILES)
                            .map(Object::toString)
                            .collect(joining(", "))
                        + (more > 0 ? " and %d more".formatted(more) : ""))));
  }

  /** Prints problems of a definition or a test case, and what was not checked because of them. */
  void problems(List<Problem> problems, List<Problem> unchecked) {
    out.print(new ProblemReport(problems, unchecked).text(colors));
    out.flush();
  }

  /** Prints a failure that is not a problem of a definition. */
  void failed(Throwable failure) {
    line(colors.red(failure + "; see the log for details: " + System.getProperty("outflow.log")));
  }

  void line(String text) {
    out.println(text);
    out.flush();
  }

  /** {@code 0.4 s}. */
  static String since(Instant begin) {
    return seconds(Duration.between(begin, Instant.now()));
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
