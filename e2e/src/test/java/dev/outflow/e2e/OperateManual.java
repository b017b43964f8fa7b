package dev.outflow.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the commands in the code blocks of docs/operate.md, which tests run. */
final class OperateManual {
  private static final Path FILE = Path.of("../docs/operate.md");
  private static final String FENCE = "```";

  private OperateManual() {}

  /** Returns the commands of each shell block, without comments and redirections. */
  static List<List<String>> blocks() {
    List<List<String>> blocks = new ArrayList<>();
    boolean inside = false;
    for (String line : lines()) {
      if (line.startsWith(FENCE)) {
        inside = line.equals(FENCE + "sh");
        if (inside) {
          blocks.add(new ArrayList<>());
        }
      } else if (inside) {
        blocks.get(blocks.size() - 1).add(line.replaceFirst("\\s+[#>].*", "").strip());
      }
    }
    return blocks;
  }

  /**
   * Returns the first command that starts with {@code words}.
   *
   * @throws IllegalArgumentException if no command does
   */
  static String command(String words) {
    return blocks().stream()
        .flatMap(List::stream)
        .filter(command -> command.startsWith(words + " "))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("%s has no '%s'".formatted(FILE, words)));
  }

  private static List<String> lines() {
    try (Stream<String> lines = Files.lines(FILE)) {
      return lines.toList();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + FILE, e);
    }
  }
}
