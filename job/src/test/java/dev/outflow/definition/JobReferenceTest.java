package dev.outflow.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Run {@code mvn test -pl job -am -Dreference.write} to regenerate the page. */
class JobReferenceTest {
  private static final Path SCHEMA = Path.of("../conf/job.schema.json");
  private static final Path PAGE = Path.of("../docs/reference/job-yaml.md");

  @Test
  void referenceMatchesTheSchema() throws IOException {
    String page = JobReference.page(SCHEMA);
    if (System.getProperty("reference.write") != null) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as("stale: run mvn test -pl job -am -Dreference.write and commit docs/reference")
        .isEqualTo(page);
  }
}
