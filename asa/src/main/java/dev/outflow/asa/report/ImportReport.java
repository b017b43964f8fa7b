package dev.outflow.asa.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The report of an import.
 *
 * @param job the name of the job
 * @param statements the number of statements of the script
 * @param translated the number of those that were translated
 * @param differing the number of those translated with a difference
 * @param findings sorted by place
 */
public record ImportReport(
    String job, int statements, int translated, int differing, List<Finding> findings) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PAGE = "docs/migrate.md#";

  public ImportReport {
    findings = findings.stream().distinct().sorted().toList();
  }

  /** Returns whether nothing is missing. */
  public boolean isComplete() {
    return count(Finding.Kind.MISSING) == 0;
  }

  /** Returns a line for each finding, and a last one with their numbers. */
  public List<String> lines() {
    int width = findings.stream().mapToInt(finding -> finding.location().length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      lines.add(
          "%s  %-7s  %s%s"
              .formatted(
                  pad(finding.location(), width),
                  finding.kind(),
                  finding.message(),
                  finding
                      .section()
                      .map(section -> " (" + PAGE + section.anchor() + ")")
                      .orElse("")));
    }
    lines.add(summary());
    return lines;
  }

  /**
   * Returns for example {@code 4 statements: 3 translated (1 with a difference), 1 left out; ...}.
   */
  public String summary() {
    String differences = differing == 0 ? "" : " (%d with a difference)".formatted(differing);
    return "%s: %d translated%s, %d left out; %s, %d missing"
        .formatted(
            plural(statements, "statement"),
            translated,
            differences,
            statements - translated,
            plural(count(Finding.Kind.DECIDE), "decision"),
            count(Finding.Kind.MISSING));
  }

  /** Returns the report as a Markdown page. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("# Import of ").append(job).append("\n\n").append(summary()).append(".\n");
    section(
        text, Finding.Kind.MISSING, "Missing", "Left out; each statement is kept as a comment.");
    section(
        text, Finding.Kind.DIFFERS, "Differs", "Translated, with results that differ from ASA's.");
    section(text, Finding.Kind.DECIDE, "Decide", "Assumed; confirm or change it.");
    return text.toString();
  }

  private void section(StringBuilder text, Finding.Kind kind, String title, String purpose) {
    List<Finding> chosen = findings.stream().filter(finding -> finding.kind() == kind).toList();
    if (chosen.isEmpty()) {
      return;
    }
    text.append("\n## ").append(title).append("\n\n").append(purpose).append("\n\n");
    for (Finding finding : chosen) {
      text.append("- ");
      if (!finding.location().isEmpty()) {
        text.append('`').append(finding.location()).append("` ");
      }
      text.append(finding.message());
      finding
          .section()
          .ifPresent(
              anchor -> text.append(" (`").append(PAGE).append(anchor.anchor()).append("`)"));
      text.append('\n');
    }
  }

  /** Returns an object with the numbers and an array of findings. */
  public String json() {
    ObjectNode report = JSON.createObjectNode();
    report.put("job", job).put("statements", statements).put("translated", translated);
    report.put("differing", differing).put("missing", count(Finding.Kind.MISSING));
    ArrayNode all = report.putArray("findings");
    for (Finding finding : findings) {
      ObjectNode one = all.addObject();
      one.put("kind", finding.kind().toString()).put("file", finding.file());
      one.put("line", finding.line()).put("column", finding.column());
      one.put("message", finding.message());
      finding.section().ifPresent(anchor -> one.put("documentation", PAGE + anchor.anchor()));
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree in memory can always be written", e);
    }
  }

  private int count(Finding.Kind kind) {
    return (int) findings.stream().filter(finding -> finding.kind() == kind).count();
  }

  private static String plural(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
