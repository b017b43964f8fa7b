package dev.outflow.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Run {@code mvn test -pl functions -Dreference.write} to regenerate the page. */
class FunctionReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "functions.md");
  private static final String INTRODUCTION =
      """
      # Functions

      Generated from the Javadoc of the module `functions`; do not edit. A test runs the examples.

      These functions are those of Azure Stream Analytics that Flink SQL does not have. Jobs of Outflow know them; in Flink's SQL client, load them first, with `outflow.jar` on the class path:

      ```sql
      LOAD MODULE outflow;
      ```

      Names are case-insensitive. Functions of dates use UTC in any time zone of a job. The examples of aggregate functions have three rows: `v` is x, y and z, `k` is 3, 2 and 1, `n` is 2, 1 and 1.
      """;

  @Test
  void matchesTheJavadoc() throws IOException {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (FunctionJavadoc function : FunctionJavadoc.all()) {
      page.append("\n## ").append(function.name()).append("\n\n");
      page.append(function.text()).append('\n');
      if (!function.examples().isEmpty()) {
        page.append("\n```sql\n").append(String.join("\n", function.examples())).append("\n```\n");
      }
      function.page().ifPresent(link -> page.append("\nIn ASA: ").append(link).append('\n'));
    }
    if (System.getProperty("reference.write") != null) {
      Files.writeString(PAGE, page);
    }

    assertThat(Files.readString(PAGE))
        .as("stale: run mvn test -pl functions -Dreference.write and commit docs/reference")
        .isEqualTo(page.toString());
  }

  @Test
  void namesEachFunction() throws IOException {
    assertThat(FunctionJavadoc.all())
        .allSatisfy(function -> assertThat(function.text()).startsWith("`" + function.name()));
  }
}
