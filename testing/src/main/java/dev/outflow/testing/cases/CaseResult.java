package dev.outflow.testing.cases;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outflow.testing.rows.RecordFile;
import dev.outflow.testing.rows.RowText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a test case.
 *
 * @param folder of the test case
 * @param ordered whether the order of rows matters
 * @param actual the actual rows of each output that is compared
 * @param differences from the expected rows, by output
 * @param failure why the job failed, if it did
 * @param notes about the inputs: rows that are dropped, fields that are skipped, missing files
 * @param time the duration of the run
 */
public record CaseResult(
    Path folder,
    boolean ordered,
    Map<String, List<JsonNode>> actual,
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
   * Makes the actual rows the expected ones.
   *
   * @return the files that have changed
   */
  public List<Path> accept() {
    List<Path> written = new ArrayList<>();
    actual.forEach(
        (alias, rows) -> {
          Path file = folder.resolve(CaseFolders.EXPECTED).resolve(alias + RecordFile.JSON_LINES);
          StringBuilder text = new StringBuilder();
          rows.forEach(row -> text.append(RowText.line(row)).append('\n'));
          if (write(file, text.toString())) {
            written.add(file);
          }
        });
    return written;
  }

  private static boolean write(Path file, String text) {
    try {
      byte[] content = text.getBytes(UTF_8);
      if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
        return false;
      }
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static String rows(int count) {
    return count == 1 ? "1 row" : count + " rows";
  }
}
