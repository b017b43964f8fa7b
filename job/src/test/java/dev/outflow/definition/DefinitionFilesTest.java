package dev.outflow.definition;

import static dev.outflow.definition.LargeOrdersDefinition.GOOD;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds and decodes the files of definitions and queries. */
class DefinitionFilesTest {
  private final LargeOrdersDefinition definition;

  DefinitionFilesTest(@TempDir Path folder) throws IOException {
    definition = LargeOrdersDefinition.in(folder);
  }

  @Test
  void namesFilesThatAreNotFound() {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> DefinitionReader.read(DefinitionSource.of("no/such/job.yaml")))
        .withMessage(
            "no/such/job.yaml  file not found: no/such/job.yaml (searched the working directory %s"
                + " and the jar)",
            Path.of("").toAbsolutePath());
    definition.assertProblems(
        GOOD.replace("large_orders.sql", "other.sql"),
        List.of(),
        "FILE:13:3  queries.large_orders  file not found: "
            + definition.folder()
            + "/queries/other.sql");
  }

  @Test
  void rejectsDefinitionsAndQueryFilesThatAreNotUtf8() throws IOException {
    Path job = definition.folder().resolve("job.yaml");
    Path query = definition.folder().resolve("queries/large_orders.sql");
    Files.writeString(job, GOOD.replace("SELECT 1", "SELECT 'ä'"), ISO_8859_1);
    definition.assertUnreadable(
        definition.file() + " is not UTF-8 (byte 0xE4 on line 12); save it as UTF-8");
    for (Charset utf16 : List.of(UTF_16, UTF_16LE, UTF_16BE)) {
      Files.writeString(job, GOOD, utf16);
      definition.assertUnreadable(definition.file() + " is UTF-16; save it as UTF-8");
    }
    Files.writeString(job, "\uFEFF" + GOOD);
    Files.writeString(query, "SELECT 1\n-- ü", ISO_8859_1);
    definition.assertUnreadable(query + " is not UTF-8 (byte 0xFC on line 2); save it as UTF-8");
  }

  @Test
  void readsFilesWithBlanksInTheirNames() throws IOException {
    Files.createDirectories(definition.folder().resolve("my queries"));
    Files.writeString(definition.folder().resolve("my queries/all 1.SQL"), "SELECT * FROM small");
    String job = GOOD.replace("queries/large_orders.sql", "my queries/all 1.SQL");
    Files.writeString(definition.folder().resolve("my {job} 100%.yaml"), job);

    for (String written : List.of("my {job} 100%.yaml", "my%20{job}%20100%25.yaml")) {
      assertThat(
              DefinitionReader.read(
                      DefinitionSource.of("file://" + definition.folder() + "/" + written))
                  .queries())
          .extracting(Query::sql)
          .containsExactly("SELECT 1", "SELECT * FROM small");
    }
    assertThat(definition.read(job).queries().get(1).sql()).isEqualTo("SELECT * FROM small");
  }
}
