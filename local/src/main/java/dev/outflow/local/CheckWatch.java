package dev.outflow.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outflow.check.DefinitionCheck;
import dev.outflow.definition.DefinitionFiles;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.definition.Location;
import dev.outflow.definition.Problem;
import dev.outflow.local.watch.FileWatch;
import dev.outflow.local.watch.FileWatch.Save;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code ./outflow check --watch}: checks a definition and its plan after each save, without a
 * connection.
 *
 * <p>With {@code --json} each problem is a line of its own, in a form that regular expressions of
 * editors can match, between a line at the begin and one at the end of each pass.
 */
final class CheckWatch {
  private final DefinitionSource source;
  private final PrintWriter out;
  private final WatchText text;
  private final boolean json;
  private final FileWatch files = new FileWatch();

  CheckWatch(DefinitionSource source, PrintWriter out, boolean json) {
    this.source = source;
    this.out = out;
    this.text = new WatchText(out, Colors.auto());
    this.json = json;
  }

  /** Returns the exit code after Ctrl-C. */
  int run() {
    if (!json) {
      text.line(
          "Checking %s after each save, without connections; press Ctrl-C to stop"
              .formatted(source));
    }
    return WatchLoop.run(files, text, json ? this::checkForTools : this::checkForPeople);
  }

  private void checkForPeople(Optional<Save> save, StopSignal stop) {
    Instant begin = save.map(Save::time).orElseGet(Instant::now);
    save.ifPresent(text::saved);
    DefinitionCheck check = check();
    if (stop.isRequested()) {
      return;
    }
    text.problems(check.errors(), check.unchecked());
    for (Problem warning : check.warnings()) {
      text.line(
          text.colors().yellow("warning") + "  " + ProblemReport.line(warning, text.colors()));
    }
    text.line(
        "%s  %s  %s"
            .formatted(
                check.errors().isEmpty()
                    ? text.colors().green("ok    ")
                    : text.colors().red("FAILED"),
                source,
                WatchText.since(begin)));
  }

  private void checkForTools(Optional<Save> save, StopSignal stop) {
    Instant begin = save.map(Save::time).orElseGet(Instant::now);
    print(
        JsonNodeFactory.instance
            .objectNode()
            .put("check", "started")
            .put("definition", source.toString()));
    int errors = 0;
    int warnings = 0;
    try {
      DefinitionCheck check = check();
      if (stop.isRequested()) {
        return;
      }
      errors = check.errors().size();
      warnings = check.warnings().size();
      check.errors().forEach(problem -> print("error", problem));
      check.warnings().forEach(problem -> print("warning", problem));
      check.unchecked().forEach(problem -> print("info", problem));
    } finally { // An editor waits for it.
      print(
          JsonNodeFactory.instance
              .objectNode()
              .put("check", "finished")
              .put("errors", errors)
              .put("warnings", warnings)
              .put("took_ms", Duration.between(begin, Instant.now()).toMillis()));
    }
  }

  private DefinitionCheck check() {
    files.add(DefinitionFiles.of(source));
    try {
      return DefinitionCheck.of(source);
    } catch (RuntimeException e) { // An unexpected mistake in the definition.
      Problem problem = new Problem(Location.of(source.file()), "", "cannot be checked: " + e);
      return new DefinitionCheck(List.of(problem), List.of(), List.of());
    }
  }

  /** Editors need a line: a problem of a file as a whole is at its begin. */
  private void print(String severity, Problem problem) {
    Location location = problem.location();
    boolean isFile = Files.isRegularFile(Path.of(location.file()));
    print(
        JsonNodeFactory.instance
            .objectNode()
            .put("file", isFile ? location.file() : source.file())
            .put("line", Math.max(1, location.line()))
            .put("column", Math.max(1, location.column()))
            .put("severity", severity)
            .put("property", problem.property())
            .put("message", problem.message()));
  }

  private void print(Object json) {
    out.println(json);
    out.flush();
  }
}
