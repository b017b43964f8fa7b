package dev.outflow.testing.cases;

import dev.outflow.definition.Location;
import dev.outflow.definition.Problem;
import dev.outflow.testing.rows.RecordFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds test cases: folders with rows or a test.yaml. */
final class CaseFolders {
  static final String EXPECTED = "expected";

  private CaseFolders() {}

  /**
   * Returns the folder itself if it is a test case, or all test cases below it, sorted by name.
   *
   * @param problems collects problems
   */
  static List<Path> under(Path folder, List<Problem> problems) {
    List<Path> cases = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      find(folder, cases, problems);
    } else {
      problems.add(
          problem(
              folder,
              (Files.exists(folder) ? "is not a folder" : "folder not found")
                  + "; a test case is a folder with a file of rows for each input, e.g."
                  + " conf/tests/late/orders.jsonl"));
    }
    return cases;
  }

  private static void find(Path folder, List<Path> cases, List<Problem> problems) {
    List<Path> entries = entries(folder);
    if (entries.stream().anyMatch(CaseFolders::marksCase)) {
      cases.add(folder);
      return;
    }
    List<Path> below = entries.stream().filter(Files::isDirectory).toList();
    if (entries.isEmpty()) {
      problems.add(
          problem(folder, "contains no test case; put the rows of an input in <input>.jsonl"));
    }
    below.forEach(child -> find(child, cases, problems));
  }

  private static boolean marksCase(Path entry) {
    String name = entry.getFileName().toString();
    return Files.isDirectory(entry)
        ? name.equals(EXPECTED)
        : name.equals(CaseSettings.FILE) || isRows(entry);
  }

  static boolean isRows(Path file) {
    return file.toString().endsWith(RecordFile.JSON_LINES)
        || file.toString().endsWith(RecordFile.CSV);
  }

  /** Returns the entries of a folder, sorted by name; empty if it is not a folder. */
  static List<Path> entries(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static Problem problem(Path folder, String message) {
    return new Problem(Location.of(folder.toString()), "", message);
  }
}
