package dev.outflow.testing.cases;

import dev.outflow.definition.Location;
import dev.outflow.definition.Problem;
import dev.outflow.testing.rows.RowFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds cases: a folder with rows, or with a test.yaml, is one. */
final class CaseFolders {
  static final String EXPECTED = "expected";

  private CaseFolders() {}

  /**
   * The folder itself, if it is a case, or all cases that are somewhere below it, by name.
   *
   * @param problems what is wrong is added to these
   */
  static List<Path> under(Path folder, List<Problem> problems) {
    List<Path> cases = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      find(folder, cases, problems);
    } else {
      problems.add(
          problem(
              folder,
              (Files.exists(folder) ? "is no folder" : "there is no such folder")
                  + "; a test case is a folder with a file of rows for each input, as"
                  + " conf/tests/late/orders.jsonl"));
    }
    return cases;
  }

  private static void find(Path folder, List<Path> cases, List<Problem> problems) {
    List<Path> entries = entries(folder);
    if (entries.stream().anyMatch(CaseFolders::makesACase)) {
      cases.add(folder);
      return;
    }
    List<Path> below = entries.stream().filter(Files::isDirectory).toList();
    if (entries.isEmpty()) {
      problems.add(
          problem(folder, "holds no test case: put the rows of an input in <input>.jsonl"));
    }
    below.forEach(each -> find(each, cases, problems));
  }

  private static boolean makesACase(Path entry) {
    String name = entry.getFileName().toString();
    return Files.isDirectory(entry)
        ? name.equals(EXPECTED)
        : name.equals(CaseSettings.FILE) || isRows(entry);
  }

  static boolean isRows(Path file) {
    return file.toString().endsWith(RowFile.JSON_LINES) || file.toString().endsWith(RowFile.CSV);
  }

  /** What is in a folder, by name; nothing if it is none. */
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
