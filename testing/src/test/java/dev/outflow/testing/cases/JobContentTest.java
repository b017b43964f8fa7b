package dev.outflow.testing.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.definition.DefinitionFiles;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobContentTest {
  private static final String JOB =
      """
      name: shop
      inputs:
        orders:
          connector: kafka
          bootstrap-servers: broker:9092
          topic: orders
          format: json
          columns: { page: STRING, price: INT, net: "tax(price)" }
        visits:
          connector: kafka
          bootstrap-servers: broker:9092
          topic: visits
          format: json
          columns: { page: STRING }
      functions:
        TAX: { script: tax.js, arguments: [INT], returns: INT }
        other: { script: other.js, arguments: [INT], returns: INT }
      queries:
        good: SELECT * FROM orders WHERE price > 1
        large: SELECT page FROM good
        pages: pages.sql
      outputs:
        large: { bootstrap-servers: "broker:9092", topic: large, format: json }
        pages: { bootstrap-servers: "broker:9092", topic: pages, format: json }
      flink: { table.exec.state.ttl: 1 h }
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(folder.resolve("tax.js"), "function main(x) { return x; }");
    Files.writeString(folder.resolve("other.js"), "function main(x) { return x; }");
    Files.writeString(folder.resolve("pages.sql"), "SELECT page FROM visits");
  }

  @ParameterizedTest
  @CsvSource({
    "price > 1,      price > 2,       true,  false",
    "SELECT page,    SELECT net,      true,  false",
    "topic: visits,  topic: others,   false, true",
    "topic: large,   topic: larger,   true,  false",
    "price: INT,     price: BIGINT,   true,  false",
    "tax.js,         other.js,        true,  false",
    "script: other.js, script: tax.js, false, false",
    "name: shop,     name: store,     false, false",
    "ttl: 1 h,       ttl: 2 h,        true,  true"
  })
  void aChangeAffectsTheOutputsThatReachIt(
      String old, String changed, boolean affectsLarge, boolean affectsPages) throws IOException {
    JobContent before = content(JOB);
    JobContent after = content(JOB.replace(old, changed));

    assertThat(after.of(Set.of("large")).equals(before.of(Set.of("large"))))
        .isEqualTo(!affectsLarge);
    assertThat(after.of(Set.of("pages")).equals(before.of(Set.of("pages"))))
        .isEqualTo(!affectsPages);
  }

  @Test
  void commentsAndMovedLinesChangeNothing() throws IOException {
    assertThat(content("# A comment\n\n" + JOB)).isEqualTo(content(JOB));
  }

  @Test
  void findsTheFilesOfADefinition() throws IOException {
    content(JOB);

    assertThat(DefinitionFiles.of(source()))
        .contains(
            folder.resolve("job.yaml"),
            folder.resolve("pages.sql"),
            folder.resolve("tax.js"),
            folder.resolve("other.js"));
    Files.writeString(folder.resolve("job.yaml"), "queries: {");
    assertThat(DefinitionFiles.of(source())).containsExactly(folder.resolve("job.yaml"));
  }

  private JobContent content(String definition) throws IOException {
    Files.writeString(folder.resolve("job.yaml"), definition);
    return JobContent.of(DefinitionReader.draft(source()).definition(), Map.of());
  }

  private DefinitionSource source() {
    return DefinitionSource.of(folder.resolve("job.yaml").toString());
  }
}
