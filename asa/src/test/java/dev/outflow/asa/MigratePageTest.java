package dev.outflow.asa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.asa.report.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Findings link to sections that docs/migrate.md has. */
class MigratePageTest {
  private static final Path PAGE = Path.of("..", "docs", "migrate.md");

  @Test
  void hasASectionForEachFinding() throws IOException {
    List<String> anchors =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("#"))
            .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replace(' ', '-'))
            .toList();

    assertThat(anchors).containsAll(Stream.of(Section.values()).map(Section::anchor).toList());
  }
}
