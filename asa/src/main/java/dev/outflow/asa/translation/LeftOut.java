package dev.outflow.asa.translation;

import dev.outflow.asa.report.Findings;
import java.util.ArrayList;
import java.util.List;

/** The statements that are left out: each is reported, and kept as a comment. */
final class LeftOut {
  private final String file;
  private final Findings findings;
  private final List<String> comments = new ArrayList<>();

  LeftOut(String file, Findings findings) {
    this.file = file;
    this.findings = findings;
  }

  /**
   * Adds a statement.
   *
   * @param what a step or an output with its name
   * @param text of the statement
   */
  void add(Untranslatable reason, String what, String text) {
    findings.missing(
        reason.at().line(),
        reason.at().column(),
        "%s: %s; the statement is left out".formatted(what, reason.getMessage()),
        reason.section());
    comments.add(
        "-- %s:%d:%d  %s: %s\n%s"
            .formatted(
                file,
                reason.at().line(),
                reason.at().column(),
                what,
                reason.getMessage(),
                commented(text)));
  }

  private static String commented(String text) {
    return text.lines()
        .map(line -> ("--   " + line).stripTrailing() + "\n")
        .reduce("", String::concat);
  }

  List<String> comments() {
    return List.copyOf(comments);
  }
}
