package dev.outflow.asa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveyTest {
  @TempDir private Path folder;

  @Test
  void countsTheQueriesOfAllKindsOfFiles() throws Exception {
    file("a/exact.asaql", "SELECT a INTO o FROM i");
    file("a/broken.asaql", "SELECT a INTO");
    file(
        "b/several.sql",
        "WITH s AS (SELECT a FROM i) SELECT a INTO o FROM s; SELECT GetType(1) AS t INTO p FROM i");
    file("b/tables.sql", "CREATE PROCEDURE p AS BEGIN UPDATE t SET a = 1 END");
    file("c/notes.txt", "Things to do.");
    file("c/query.txt", "SELECT AnomalyDetection_Unknown(a) AS x INTO o FROM i");
    file("d/other.json", "{}");
    List<String> lines = new ArrayList<>();

    Survey.print(folder, lines::add);

    assertThat(lines.stream().map(line -> line.strip().replaceAll(" {2,}", " ")))
        .startsWith(
            "scripts 4",
            "parsed 3",
            "translated, exact 1",
            "translated, with a difference 1",
            "with something missing 2",
            "statements 5",
            "translated 3",
            "other files, without a query 3")
        .anyMatch(line -> line.startsWith("1 AnomalyDetection_Unknown has no known equivalent"));
  }

  private void file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
