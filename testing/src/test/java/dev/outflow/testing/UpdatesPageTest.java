package dev.outflow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples in docs/updates.md are those of the tested job in conf/tests/updates. */
class UpdatesPageTest {
  private static final Path PAGE = Path.of("..", "docs", "updates.md");
  private static final Path JOB = Path.of("..", "conf", "tests", "updates", "job.yaml");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```(?:yaml|sql)\n(.*?)```");

  @Test
  void showsPartsOfTheTestedJob() throws IOException {
    List<String> shown =
        EXAMPLE
            .matcher(Files.readString(PAGE))
            .results()
            .flatMap(example -> example.group(1).lines())
            .map(String::strip)
            .toList();

    assertThat(shown).hasSizeGreaterThan(20);
    assertThat(Files.readString(JOB).lines().map(UpdatesPageTest::withoutComment))
        .containsAll(shown);
  }

  private static String withoutComment(String line) {
    return line.replaceFirst(" #.*", "").strip();
  }
}
