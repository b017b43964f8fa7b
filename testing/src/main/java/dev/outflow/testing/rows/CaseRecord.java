package dev.outflow.testing.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outflow.definition.Location;
import java.nio.file.Path;

/** The value of a record in a test case. */
final class CaseRecord {
  private static final int WHOLE_FILE = 0;

  private final byte[] value;
  private final int line;
  private final boolean isConverted;

  private CaseRecord(byte[] value, int line, boolean isConverted) {
    this.value = value;
    this.line = line;
    this.isConverted = isConverted;
  }

  static CaseRecord ofFile(byte[] content) {
    return new CaseRecord(content, WHOLE_FILE, false);
  }

  static CaseRecord ofLine(String text, int line) {
    return new CaseRecord(text.getBytes(UTF_8), line, false);
  }

  /** Creates a record whose value is not the line itself, but what it was converted to. */
  static CaseRecord ofConverted(String value, int line) {
    return new CaseRecord(value.getBytes(UTF_8), line, true);
  }

  byte[] value() {
    return value;
  }

  String text() {
    return new String(value, UTF_8);
  }

  /** Returns the number of the line, from 1. */
  int line() {
    return line;
  }

  boolean isWholeFile() {
    return line == WHOLE_FILE;
  }

  /** Returns the location of a field, or of the record if it is elsewhere. */
  Location location(Path file, String field) {
    if (isWholeFile()) {
      return Location.of(file.toString());
    }
    String name = field.replaceFirst("[.\\[].*", "");
    int at = name.isEmpty() || isConverted ? -1 : text().indexOf('"' + name + '"');
    return new Location(file.toString(), line, Math.max(0, at) + 1);
  }
}
