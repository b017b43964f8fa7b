package dev.outflow.testing.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outflow.testing.rows.RowFile;
import dev.outflow.testing.rows.RowText;
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
 * How a case went.
 *
 * @param test the case
 * @param came what came for each output that is compared
 * @param differences from what was expected, for each of these
 * @param failure why the job did not come to its end, if so
 * @param time how long it took
 */
public record CaseResult(
    JobCase test,
    Map<String, List<JsonNode>> came,
    Map<String, OutputDifference> differences,
    Optional<String> failure,
    Duration time) {

  /** Whether exactly what was expected came. */
  public boolean isPassed() {
    return failure.isEmpty() && differences.values().stream().allMatch(OutputDifference::isNone);
  }

  /** What is not as expected, a line each; empty if all is. */
  public List<String> explanation() {
    List<String> lines = new ArrayList<>();
    failure.ifPresent(lines::add);
    differences.forEach(
        (alias, difference) -> {
          if (!difference.isNone()) {
            lines.add(
                "%s: %s expected, %s came%s"
                    .formatted(
                        alias,
                        rows(difference.expected()),
                        difference.came(),
                        test.ordered() ? " (in order)" : ""));
            difference.lines().forEach(line -> lines.add("  " + line));
          }
        });
    return lines;
  }

  /**
   * Writes what came as what is expected.
   *
   * @return the files that were written, because they were not so already
   */
  public List<Path> accept() {
    List<Path> written = new ArrayList<>();
    came.forEach(
        (alias, rows) -> {
          Path file =
              test.folder().resolve(CaseFolders.EXPECTED).resolve(alias + RowFile.JSON_LINES);
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
      if (Files.exists(file) && Files.readString(file).equals(text)) {
        return false;
      }
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static String rows(int count) {
    return count == 1 ? "1 row" : count + " rows";
  }
}
