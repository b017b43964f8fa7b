package dev.outflow.testing;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples in docs/transform.md are those that run. */
class TransformPageTest {
  private static final Path PAGE = Path.of("..", "docs", "transform.md");
  private static final Path SHOWN =
      Path.of("src", "test", "java", "dev", "outflow", "testing", "DistinctOrdersTest.java");
  private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");

  @Test
  void showsJavaThatIsPartOfATest() throws IOException {
    List<MatchResult> shown = JAVA.matcher(Files.readString(PAGE)).results().toList();

    assertThat(shown).isNotEmpty();
    assertThat(unindented(Files.readString(SHOWN)))
        .contains(shown.stream().map(block -> unindented(block.group(1))).toList());
  }

  @Test
  void namesExistingFiles() {
    assertThat(PAGE.resolveSibling("../conf/tests/city-revenue/orders.csv").normalize()).exists();
    assertThat(PAGE.resolveSibling("../conf/tests/city-revenue/expected/city_revenue.jsonl"))
        .exists();
  }

  private static String unindented(String text) {
    return text.lines().map(String::strip).collect(joining("\n"));
  }
}
