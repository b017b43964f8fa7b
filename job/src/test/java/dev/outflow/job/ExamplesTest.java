package dev.outflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.compose.ComposedJob;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.print.SqlScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every job in the documentation can be copied: it is composed without problems or warnings. */
class ExamplesTest {
  private static final Path CONF = Path.of("..", "conf");
  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern JOB = Pattern.compile("(?s)```yaml\n(name:.*?)```");

  @TempDir private Path folder;

  static List<Path> files() throws IOException {
    try (Stream<Path> examples = Files.list(CONF.resolve("examples"))) {
      return Stream.concat(
              Stream.of(CONF.resolve("job.yaml")), examples.filter(Files::isRegularFile).sorted())
          .toList();
    }
  }

  static List<String> blocks() throws IOException {
    List<String> blocks = new ArrayList<>();
    for (String page : List.of("inputs.md", "secure.md", "migrate.md")) {
      List<String> ofPage =
          JOB.matcher(Files.readString(DOCS.resolve(page)))
              .results()
              .map(MatchResult::group)
              .map(ExamplesTest::inside)
              .toList();
      assertThat(ofPage).as(page).isNotEmpty();
      blocks.addAll(ofPage);
    }
    return blocks;
  }

  private static String inside(String block) {
    return block.replace("```yaml\n", "").replace("```", "");
  }

  @ParameterizedTest
  @MethodSource("files")
  void composesEveryShippedFile(Path file) {
    assertIsJob(Definitions.compose(DefinitionReader.draft(DefinitionSource.of(file.toString()))));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void composesEveryJobInTheDocs(String yaml) throws IOException {
    assertIsJob(Definitions.compose(Definitions.read(folder, yaml)));
  }

  private static void assertIsJob(ComposedJob job) {
    assertThat(job.warnings()).isEmpty();
    assertThat(SqlScript.of(job)).contains("CREATE TEMPORARY TABLE").doesNotContain("******");
  }
}
