package dev.outflow.testing.cases;

import static java.util.stream.Collectors.joining;

import dev.outflow.testing.rows.RecordFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a test case.
 *
 * @param folder of the test case
 * @param ordered whether the order of rows matters
 * @param accepted the lines of each file of expected rows, if the actual rows are accepted
 * @param differences from the expected rows, by output
 * @param failure why the job failed, if it did
 * @param notes about the inputs: rows that are dropped, fields that are skipped, missing files
 * @param time the duration of the run
 */
public record CaseResult(
    Path folder,
    boolean ordered,
    Map<String, List<String>> accepted,
    Map<String, OutputDifference> differences,
    Optional<String> failure,
    List<String> notes,
    Duration time) {

  /** Returns whether the actual rows are the expected ones. */
  public boolean isPassed() {
    return failure.isEmpty() && differences.values().stream().allMatch(OutputDifference::isNone);
  }

  /** Returns the failure and the differences as lines; empty if the test case passed. */
  public List<String> explanation() {
    List<String> lines = new ArrayList<>();
    failure.ifPresent(lines::add);
    differences.forEach(
        (alias, difference) -> {
          if (!difference.isNone()) {
            lines.add(
                "%s: expected %s%s, got %d"
                    .formatted(
                        alias,
                        rows(difference.expected()),
                        ordered ? " in order" : "",
                        difference.actual()));
            difference.lines().forEach(line -> lines.add("  " + line));
          }
        });
    return lines;
  }

  /**
   * Makes the actual rows the expected ones. A file whose rows are the actual ones already is not
   * touched; in others, rows that still match keep their text and, unless the order of rows
   * matters, their order.
   *
   * @return the files that have changed
   */
  public List<Path> accept() {
    List<Path> written = new ArrayList<>();
    accepted.forEach(
        (alias, lines) -> {
          Path file = folder.resolve(CaseFolders.EXPECTED).resolve(alias + RecordFile.JSON_LINES);
          if (!RecordFile.linesIfReadable(file).equals(Optional.of(lines))) {
            write(file, lines);
            written.add(file);
          }
        });
    return written;
  }

  private static void write(Path file, List<String> lines) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, lines.stream().map(line -> line + "\n").collect(joining()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static String rows(int count) {
    return count == 1 ? "1 row" : count + " rows";
  }
}
