package dev.outflow.asa.report;

import java.util.Locale;
import java.util.Optional;

/**
 * One line of the report.
 *
 * @param file of the ASA job, relative to the project; empty for the job as a whole
 * @param line counted from 1, or 0 for the file as a whole
 * @param column counted from 1, or 0 for the line as a whole
 * @param message what, and what to do
 * @param section the section of docs/migrate.md that explains it
 */
public record Finding(
    Kind kind, String file, int line, int column, String message, Optional<Section> section)
    implements Comparable<Finding> {
  /** What a finding asks of its reader. */
  public enum Kind {
    /** Something was assumed; confirm or change it. */
    DECIDE,
    /** The result differs from that of ASA as stated. */
    DIFFERS,
    /** Something was left out. */
    MISSING;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns {@code file:line:column}, as far as it is known. */
  public String location() {
    return line == 0 ? file : column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }

  @Override
  public int compareTo(Finding other) {
    int byFile = file.compareTo(other.file);
    int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
    int byColumn = byLine != 0 ? byLine : Integer.compare(column, other.column);
    int byKind = byColumn != 0 ? byColumn : kind.compareTo(other.kind);
    return byKind != 0 ? byKind : message.compareTo(other.message);
  }
}
